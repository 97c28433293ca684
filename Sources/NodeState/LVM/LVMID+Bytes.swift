extension LVMID {
  /// Reads an id in either form from a range.
  init?(_ bytes: Span<UInt8>, _ range: Range<Int>) {
    precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count)
    let start = range.lowerBound
    func word(_ offset: Int) -> UInt64 { bytes.uncheckedWord(at: start &+ offset).byteSwapped }
    switch range.count {
    case 32: self.init(checking: word(0), word(8), word(16), word(24))
    case 38:
      func isHyphen(_ offset: Int) -> Bool {
        bytes[unchecked: start &+ offset] == UInt8(ascii: "-")
      }
      guard isHyphen(6), isHyphen(11), isHyphen(16), isHyphen(21), isHyphen(26), isHyphen(31)
      else { return nil }
      // Groups of 6-4-4-4-4-4-6 characters; the last is read so that it ends with the text.
      func group(_ offset: Int) -> UInt64 { word(offset) >> 32 }
      let (head, tail) = (word(0) >> 16, word(30) & 0xFFFF_FFFF_FFFF)
      self.init(
        checking: (head << 16) | (group(7) >> 16),
        (group(7) << 48) | (group(12) << 16) | (group(17) >> 16),
        (group(17) << 48) | (group(22) << 16) | (group(27) >> 16), (group(27) << 48) | tail)
    default: return nil
    }
  }

  private init?(checking first: UInt64, _ second: UInt64, _ third: UInt64, _ fourth: UInt64) {
    guard first.isOfIDCharacters, second.isOfIDCharacters, third.isOfIDCharacters,
      fourth.isOfIDCharacters
    else { return nil }
    self.init(words: first, second, third, fourth)
  }
}

extension UInt64 {
  /// Whether all eight bytes are of `0-9 a-z A-Z ! #`.
  fileprivate var isOfIDCharacters: Bool {
    let folded = self | 0x2020_2020_2020_2020
    return isASCII
      && marks(of: UInt8(ascii: "0")...UInt8(ascii: "9"))
        | folded.marks(of: UInt8(ascii: "a")...UInt8(ascii: "z"))
        | marks(of: UInt8(ascii: "!")...UInt8(ascii: "!"))
        | marks(of: UInt8(ascii: "#")...UInt8(ascii: "#")) == Self.allMarks
  }
}
