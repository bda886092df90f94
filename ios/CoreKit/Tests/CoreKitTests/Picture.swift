import Foundation

/// A picture of 320 × 240 dark pixels, as a camera's file: PNG.
let picture = Data(
    base64Encoded:
        "iVBORw0KGgoAAAANSUhEUgAAAUAAAADwAQAAAABZVoDGAAAAIElEQVR42u3BgQAAAADDoPlTH+ECVQEAAAAAAAAAAMA3JnAAAWMcpeUAAAAASUVORK5CYII="
)!

/// How wide a plain JPEG says that it is.
func width(ofJpeg bytes: Data) -> Int? {
    let bytes = [UInt8](bytes)
    var at = 2
    while at + 8 < bytes.count, bytes[at] == 0xFF {
        // A frame's header: marker, length, depth, height, width.
        if (0xC0...0xC2).contains(bytes[at + 1]) { return Int(bytes[at + 7]) << 8 | Int(bytes[at + 8]) }
        at += 2 + (Int(bytes[at + 2]) << 8 | Int(bytes[at + 3]))
    }
    return nil
}
