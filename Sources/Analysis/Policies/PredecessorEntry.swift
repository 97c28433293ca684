/// An entry as the predecessor reads its name.
struct PredecessorEntry: Hashable {
  /// The digits of the last `vm--N--`.
  let machine: String
  /// The digits of the last `--disk--N`; empty where there are none.
  let number: String

  /// Reads a name that contains `vm--[0-9]+--disk`; nil for any other, which v27 does not look at.
  init?(name: String) {
    let bytes = Array(name.utf8)
    var isEntry = false
    var machine: ArraySlice<UInt8>?
    var number: ArraySlice<UInt8> = []
    for start in bytes.indices {
      if let digits = Self.digits(behind: "vm--", at: start, in: bytes) {
        let rest = bytes[digits.endIndex...]
        if rest.starts(with: "--".utf8) { machine = digits }
        if rest.starts(with: "--disk".utf8) { isEntry = true }
      }
      if let digits = Self.digits(behind: "--disk--", at: start, in: bytes) { number = digits }
    }
    guard isEntry, let machine else { return nil }
    self.machine = String(decoding: machine, as: UTF8.self)
    self.number = String(decoding: number, as: UTF8.self)
  }

  /// Returns the digits that follow a marker at a position; nil where there is none.
  private static func digits(
    behind marker: String, at start: Int, in bytes: [UInt8]
  ) -> ArraySlice<UInt8>? {
    guard bytes[start...].starts(with: marker.utf8) else { return nil }
    let digits = bytes[(start + marker.utf8.count)...].prefix(while: \.isDecimalDigit)
    return digits.isEmpty ? nil : digits
  }
}
