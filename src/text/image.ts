/** The ending of an image's name by what its bytes are; null: none of the kinds that every browser draws and that run nothing.
 *  SVG is none of them: it may hold a program. */
export function imageKind(bytes: Uint8Array): "jpg" | "png" | "gif" | "webp" | null {
  const starts = (signature: string, from = 0): boolean =>
    bytes.length >= from + signature.length && [...signature].every((letter, i) => bytes[from + i] === letter.charCodeAt(0));
  if (starts("\xff\xd8\xff")) return "jpg";
  if (starts("\x89PNG\r\n\x1a\n")) return "png";
  if (starts("GIF87a") || starts("GIF89a")) return "gif";
  return starts("RIFF") && starts("WEBP", 8) ? "webp" : null;
}
