import assert from "node:assert/strict";
import { describe, it } from "node:test";
import { inflateSync } from "node:zlib";
import { pictureNamed } from "./media.ts";

describe("pictures", () => {
  it("are a PNG whose pixel can be read", () => {
    const { bytes } = pictureNamed("a.png") ?? { bytes: Buffer.alloc(0) };
    assert.equal(bytes.subarray(1, 4).toString(), "PNG");
    const at = bytes.indexOf("IDAT") + 4;
    assert.equal(inflateSync(bytes.subarray(at, at + bytes.readUInt32BE(at - 8))).length, 2);
  });

  it("are a JPEG of one pixel, one for each name", () => {
    const { bytes } = pictureNamed("a.jpg") ?? { bytes: Buffer.alloc(0) };
    assert.deepEqual([...bytes.subarray(0, 2), ...bytes.subarray(-2)], [0xff, 0xd8, 0xff, 0xd9]);
    assert.notDeepEqual(bytes, pictureNamed("b.jpg")?.bytes);
    assert.equal(pictureNamed("a.gif"), null);
  });
});
