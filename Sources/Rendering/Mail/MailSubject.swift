extension MailFacts {
  /// `[pve1] DM health B: 2 critical, 3 warnings (lab, 2026-11-23)`.
  ///
  /// Cluster and date keep mail programs from taking the mails of several nodes and days for one thread.
  /// ASCII alone: nobody has to encode it, and nothing in it can be a picture.
  var subject: String {
    let date = String(collectedAt.prefix(10))
    let place = [cluster.map { Self.plain($0, limit: 48) }, date].compactMap { $0 }
    return "[\(Self.plain(node, limit: 64))] DM health \(grade.word): \(countsInWords) "
      + "(\(place.joined(separator: ", ")))"
  }

  /// A name in printable ASCII, other characters as question marks.
  private static func plain(_ name: String, limit: Int) -> String {
    let bytes = name.unicodeScalars.prefix(limit).map { scalar in
      (0x20...0x7E).contains(scalar.value) ? UInt8(scalar.value) : UInt8(ascii: "?")
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
