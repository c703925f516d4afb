# The command in a container; the archive and the site stay outside it. docs/capture.md says how it is run.
FROM node:24-slim
WORKDIR /app
COPY package.json package-lock.json ./
RUN npm install --omit=dev --no-save --no-audit --no-fund --loglevel=error
COPY .eleventy.js ./
COPY scripts scripts
COPY src src
COPY templates templates
ENV MALLOC_MMAP_THRESHOLD_=131072
ENTRYPOINT ["node", "--max-semi-space-size=4", "--optimize-for-size", "/app/scripts/chatscribe.js"]
