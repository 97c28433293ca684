// What may stand anywhere in a text, whichever tool prints it.
extension StrictRedaction {
  /// Replaces addresses, and nodes' names where they are whole words.
  ///
  /// For text that no verdict reads names from: a volume group may be called like a node.
  func freeText(_ text: String) -> String {
    var result = ""
    var word = ""
    func flush() {
      // /dev/pve is a volume group, /dev/mapper/pve a mapping.
      let isDevice = result.hasSuffix("/dev/") || result.hasSuffix("/dev/mapper/")
      result += isDevice ? word : nodeOrWord(word)
      word = ""
    }
    for character in text {
      if character.isLetter || character.isNumber || "-_.".contains(character) {
        word.append(character)
      } else {
        flush()
        result.append(character)
      }
    }
    flush()
    return pseudonyms.addresses(in: result)
  }

  /// The pseudonym of a node's name, also one with a domain, before what ends a sentence.
  private func nodeOrWord(_ word: String) -> String {
    let name = word.prefix(word.reversed().drop { $0 == "." }.count)
    guard let label = name.split(separator: ".", omittingEmptySubsequences: false).first,
      nodeNames.contains(String(label)) || nodeNames.contains(String(name))
    else { return word }
    return pseudonyms.node(String(name)) + word[name.endIndex...]
  }

  /// Replaces what people and networks name devices after: labels, and the targets of iSCSI disks.
  ///
  /// `/dev/disk/by-label/acme-mail`, `/dev/disk/by-path/ip-192.0.2.1:3260-iscsi-iqn.x:y-lun-1`; the
  /// same in links, configurations and processes, or a disk would lead nowhere.
  func links(in text: String) -> String {
    var result = ""
    var rest = text[...]
    while let folder = Self.linkFolders.compactMap({ rest.range(of: $0) })
      .min(by: { $0.lowerBound < $1.lowerBound })
    {
      let name = withoutPunctuation(
        rest[folder.upperBound...].prefix { !"\",'; \t\r".contains($0) })
      result += rest[..<folder.upperBound]
      // JSON doubles what udev's \x20 begins with.
      let link = name.split(separator: "\\", omittingEmptySubsequences: true).joined(
        separator: "\\")
      result += rest[folder].hasSuffix("path/ip-") ? target(link) : pseudonyms.name(.host, link)
      rest = rest[name.endIndex...]
    }
    return result + rest
  }

  /// Without what ends a sentence: it stays behind the pseudonym.
  private func withoutPunctuation(_ name: Substring) -> Substring {
    name.prefix(name.reversed().drop { ".:/-@+_".contains($0) }.count)
  }

  private static let linkFolders = [
    "/dev/disk/by-label/", "/dev/disk/by-partlabel/", "/dev/disk/by-path/ip-",
  ]

  /// `192.0.2.1:3260-iscsi-iqn.2001-05.com.example:x-lun-1`: the address and the target go.
  private func target(_ link: String) -> String {
    let mark = "-iscsi-"
    guard let start = link[...].range(of: mark) else { return pseudonyms.addresses(in: link) }
    let rest = link[start.upperBound...]
    // The last one: a target's name may hold the same letters.
    var end = rest.endIndex
    var search = rest
    while let lun = search.range(of: "-lun-") {
      end = lun.lowerBound
      search = search[lun.upperBound...]
    }
    return pseudonyms.addresses(in: String(link[..<start.lowerBound])) + mark
      + pseudonyms.name(.host, String(rest[..<end])) + rest[end...]
  }
}

extension Substring {
  /// Returns where a text first stands.
  fileprivate func range(of text: String) -> Range<Index>? {
    let bytes = Array(utf8)
    guard let found = bytes[...].firstRange(of: Array(text.utf8)) else { return nil }
    return utf8.index(
      startIndex, offsetBy: found.lowerBound)..<utf8.index(startIndex, offsetBy: found.upperBound)
  }
}
