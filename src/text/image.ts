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

export interface ImageSize {
  readonly width: number;
  readonly height: number;
}

/** How large an image is drawn, as its header tells; null: it does not, or is cut short. */
export function imageSize(bytes: Uint8Array): ImageSize | null {
  const kind = imageKind(bytes);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    const size = kind === null ? null : READERS[kind](view);
    return size === null || size.width === 0 || size.height === 0 ? null : size;
  } catch (error) {
    if (error instanceof RangeError) return null; // the header ends before it says so
    throw error;
  }
}

const READERS: Readonly<Record<NonNullable<ReturnType<typeof imageKind>>, (view: DataView) => ImageSize | null>> = {
  png: (view) => ({ width: view.getUint32(16), height: view.getUint32(20) }),
  gif: (view) => ({ width: view.getUint16(6, true), height: view.getUint16(8, true) }),
  jpg: jpegSize,
  webp: webpSize,
};

/** Segment after segment, to the frame: SOF0 to SOF15 but DHT (C4), JPG (C8) and DAC (CC). */
function jpegSize(view: DataView): ImageSize | null {
  for (let at = 2; view.getUint8(at) === 0xff; ) {
    const marker = view.getUint8(at + 1);
    if (marker === 0xff) at++;
    else if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) at += 2;
    else if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc)
      return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    else at += 2 + view.getUint16(at + 2);
  }
  return null;
}

/** Its three kinds: with a canvas (VP8X), lossless (VP8L), lossy. */
function webpSize(view: DataView): ImageSize | null {
  const kind = String.fromCharCode(view.getUint8(12), view.getUint8(13), view.getUint8(14), view.getUint8(15));
  const three = (at: number): number => view.getUint16(at, true) + view.getUint8(at + 2) * 0x10000;
  if (kind === "VP8X") return { width: 1 + three(24), height: 1 + three(27) };
  if (kind === "VP8L") {
    const packed = view.getUint32(21, true);
    return { width: 1 + (packed & 0x3fff), height: 1 + ((packed >>> 14) & 0x3fff) };
  }
  return kind === "VP8 " ? { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff } : null;
}
