/// Redacts `dmsetup table`: what targets that encrypt say beside their device.
///
/// `dmsetup` prints zeros for keys, but the zeros give the key's length away, and references the
/// names of keys. Source: `Documentation/admin-guide/device-mapper` of the kernel.
struct TableRedaction {
  /// The source, for messages.
  let origin: String

  /// Targets that have no keys; of any other, only device numbers are kept.
  private static let plainTargets: Set<String> = [
    "cache", "clone", "delay", "dust", "ebs", "era", "error", "flakey", "linear", "mirror",
    "multipath", "raid", "snapshot", "snapshot-merge", "snapshot-origin", "striped", "switch",
    "thin", "thin-pool", "unstriped", "vdo", "writecache", "zero", "zoned",
  ]

  func redact(_ bytes: [UInt8], into secrets: inout SecretSet) -> [UInt8] {
    Lines.map(bytes) { redact($0, into: &secrets) }
  }

  private func redact(_ line: ArraySlice<UInt8>, into secrets: inout SecretSet) -> [UInt8] {
    guard let parameters = delicateParameters(of: line) else { return Array(line) }
    var result = Array(line[..<parameters])
    var isBehindDevice = false
    for (index, word) in line[parameters...].split(separator: UInt8(ascii: " ")).enumerated() {
      if index > 0 { result.append(UInt8(ascii: " ")) }
      let isDevice =
        word.contains(UInt8(ascii: ":")) && word.first != UInt8(ascii: ":")
        && word.allSatisfy { $0.isDigit || $0 == UInt8(ascii: ":") }
      // The number behind a device is the sector at which it begins.
      let isOffset = isBehindDevice && word.count < 20 && word.allSatisfy(\.isDigit)
      result += isDevice || isOffset ? Array(word) : Redaction.mark
      isBehindDevice = isDevice
      let isKey = word.count >= 16 && word.allSatisfy { $0.isDigit || $0.isHexLetter }
      if isKey && word.contains(where: { $0 != UInt8(ascii: "0") }) {
        secrets.insert(word, from: "a key of \(origin)")
      }
    }
    return result
  }

  /// Where the parameters begin of a target that isn't known to have no keys; nil when there is none.
  ///
  /// A name may hold `: ` itself, so every place that could be a target's is looked at.
  private func delicateParameters(of line: ArraySlice<UInt8>) -> Int? {
    var rest = line
    while let range = rest.firstRange(of: Array(": ".utf8)) {
      rest = rest[range.upperBound...]
      let words = rest.split(separator: UInt8(ascii: " "), maxSplits: 3)
      guard words.count >= 3, words[0].allSatisfy(\.isDigit), words[1].allSatisfy(\.isDigit) else {
        continue
      }
      let target = String(decoding: words[2], as: UTF8.self)
      if !Self.plainTargets.contains(target) { return words.count > 3 ? words[3].startIndex : nil }
    }
    return nil
  }
}

extension UInt8 {
  fileprivate var isHexLetter: Bool {
    (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
}
