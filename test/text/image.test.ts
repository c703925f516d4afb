import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { imageSize } from "../../src/text/image.ts";

const bytes = (...parts: (string | readonly number[])[]): Uint8Array =>
  Uint8Array.from(parts.flatMap((part) => (typeof part === "string" ? [...part].map((letter) => letter.charCodeAt(0)) : part)));

const png = bytes("\x89PNG\r\n\x1a\n", [0, 0, 0, 13], "IHDR", [0, 0, 2, 0x80, 0, 0, 1, 0xe0]);
const gif = bytes("GIF89a", [0x80, 0x02, 0xe0, 0x01]);
/** A comment, then the frame. */
const jpg = bytes([0xff, 0xd8, 0xff, 0xfe, 0, 4, 1, 2, 0xff, 0xff, 0xc2, 0, 17, 8, 0x01, 0xe0, 0x02, 0x80]);
const riff = (kind: string, rest: readonly number[]) => bytes("RIFF", [0, 0, 0, 0], "WEBP", kind, [0, 0, 0, 0], rest);
const lossy = riff("VP8 ", [0, 0, 0, 0x9d, 0x01, 0x2a, 0x80, 0x02, 0xe0, 0x01]);
/** 640 - 1 in 14 bits, 480 - 1 in the next 14. */
const lossless = riff("VP8L", [0x2f, 0x7f, 0xc2, 0x77, 0x00]);
const canvas = riff("VP8X", [0, 0, 0, 0, 0x7f, 0x02, 0, 0xdf, 0x01, 0]);

describe("the size of an image", () => {
  it("is not known of what is no image, and of a header cut short", () => {
    assert.equal(imageSize(bytes("<svg width='9' height='9'/>")), null);
    for (const whole of [png, gif, jpg, lossy, lossless, canvas])
      for (let length = 0; length < whole.length; length++) assert.equal(imageSize(whole.slice(0, length)), null, `${whole}, ${length}`);
  });

  it("is not nothing, and no walk through a JPEG is endless", () => {
    assert.equal(imageSize(bytes("GIF89a", [0, 0, 1, 0])), null);
    assert.equal(imageSize(bytes([0xff, 0xd8, 0xff, 0xe0, 0, 0, 0xff, 0xd9])), null);
    assert.equal(imageSize(bytes([0xff, 0xd8, 0xff, 0xe0, 0, 2, 0x00, 0x00])), null);
  });

  it("is what the header says", () => {
    for (const image of [png, gif, jpg, lossy, lossless, canvas]) assert.deepEqual(imageSize(image), { width: 640, height: 480 });
  });
});
