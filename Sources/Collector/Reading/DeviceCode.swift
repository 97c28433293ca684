/// A file's device number, taken apart. Source: `gnu_dev_major` and `gnu_dev_minor` of glibc.
struct DeviceCode: Hashable {
  let major: UInt64
  let minor: UInt64

  init(_ code: UInt) {
    let code = UInt64(code)
    major = (code >> 8) & 0xFFF | (code >> 32) & ~0xFFF
    minor = code & 0xFF | (code >> 12) & 0xFFFF_FF00
  }
}
