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

  /// Replaces whatever is known to name people's things: links, targets, addresses and nodes.
  func anyText(_ text: String) -> String {
    links(in: text) { targets(in: $0, freeText) }
  }

  /// Replaces what people and networks name devices after: labels, and the targets of iSCSI disks.
  ///
  /// `/dev/disk/by-label/acme-mail`, `/dev/disk/by-path/ip-192.0.2.1:3260-iscsi-iqn.x:y-lun-1`; the
  /// same in links, configurations and processes, or a disk would lead nowhere.
  ///
  /// - Parameter otherwise: What becomes of the text around them.
  func links(in text: String, _ otherwise: (String) -> String = { $0 }) -> String {
    var result = ""
    var rest = text[...]
    var next = NextMark<String.Index>(of: Self.linkFolders.count)
    while let folder = next.next(
      from: rest.startIndex, { rest.range(of: Self.linkFolders[$0]) })?.range
    {
      let name = withoutPunctuation(
        rest[folder.upperBound...].prefix { !"\",'; \t\r|$".contains($0) })
      result += otherwise(String(rest[..<folder.lowerBound])) + rest[folder]
      // JSON doubles what udev's \x20 begins with.
      let link = name.split(separator: "\\", omittingEmptySubsequences: true).joined(
        separator: "\\")
      result += rest[folder].hasSuffix("path/") ? busPath(link) : pseudonyms.name(.host, link)
      rest = rest[name.endIndex...]
    }
    return result + otherwise(String(rest))
  }

  /// Without what ends a sentence: it stays behind the pseudonym.
  private func withoutPunctuation(_ name: Substring) -> Substring {
    name.prefix(name.reversed().drop { ".:/-@+_".contains($0) }.count)
  }

  private static let linkFolders = [
    "/dev/disk/by-label/", "/dev/disk/by-partlabel/", "/dev/disk/by-path/",
  ]

  /// `pci-0000:03:00.0-sas-exp0` stays; of `pci-0000:03:00.0-ip-192.0.2.1:3260-iscsi-…` the target goes.
  private func busPath(_ link: String) -> String {
    let mark = "ip-"
    var rest = link[...]
    while let range = rest.range(of: mark) {
      let before = link[..<range.lowerBound].last
      if before?.isLetter != true && before?.isNumber != true {
        return link[..<range.upperBound] + target(String(link[range.upperBound...]))
      }
      rest = rest[range.upperBound...]
    }
    return link
  }

  /// Replaces the names of iSCSI targets and initiators: `iqn.2001-05.com.example:x`.
  private func targets(in text: String, _ otherwise: (String) -> String) -> String {
    var result = ""
    var others = text[...]
    var rest = text[...]
    var next = NextMark<String.Index>(of: Self.targetMarks.count)
    while let mark = next.next(
      from: rest.startIndex, { rest.range(of: Self.targetMarks[$0]) })?.range
    {
      rest = rest[mark.upperBound...]
      let before = text[..<mark.lowerBound].last
      if before?.isLetter == true || before?.isNumber == true || before == "." { continue }
      let word = text[mark.lowerBound...].prefix {
        $0.isLetter || $0.isNumber || ".:-_".contains($0)
      }
      var name = withoutPunctuation(word)
      // In a link without its folder, the number of the unit stands behind.
      if let unit = name.lastRange(of: "-lun-") { name = name[..<unit.lowerBound] }
      guard name.endIndex > mark.upperBound else { continue }
      result += otherwise(String(others[..<mark.lowerBound]))
      result += pseudonyms.name(.host, String(name))
      rest = text[name.endIndex...]
      others = rest
    }
    return result + otherwise(String(others))
  }

  /// Source: RFC 7143, 4.2.7.
  private static let targetMarks = ["iqn.", "eui.", "naa."]

  /// Replaces addresses, links, and nodes' names in places and pools that people name.
  func place(_ text: String) -> String {
    links(in: text) { pseudonyms.addresses(in: nodes(inPlaces: $0)) }
  }

  /// Replaces nodes' names also where they are parts of words: `/mnt/pve2-backup`.
  ///
  /// Devices stay, and PVE's own folder: a group or a node may be called pve.
  func nodes(inPlaces text: String) -> String {
    var result = ""
    var word = ""
    for character in text {
      if character == " " || character == "\t" {
        result += word.hasPrefix("/dev/") ? word : nodes(in: word)
        result.append(character)
        word = ""
      } else {
        word.append(character)
      }
    }
    return result + (word.hasPrefix("/dev/") ? word : nodes(in: word))
  }

  private func nodes(in place: String) -> String {
    var result = ""
    for part in place.split(separator: "/", omittingEmptySubsequences: false) {
      let isFolderOfPVE = part == "pve" && ["/mnt", "/etc"].contains(result)
      if !result.isEmpty || part.startIndex > place.startIndex { result += "/" }
      result += isFolderOfPVE ? String(part) : nodes(inName: String(part))
    }
    return result
  }

  private func nodes(inName name: String) -> String {
    let known = nodeOrWord(name)
    guard known == name else { return known }
    let nodes = nodeNames.sorted { ($1.utf8.count, $0) < ($0.utf8.count, $1) }
    return replacing(nodes[...], in: name[...])
  }

  /// Replaces names, the longest first, where no letter or digit goes before or follows.
  private func replacing(_ nodes: ArraySlice<String>, in text: Substring) -> String {
    guard let node = nodes.first else { return String(text) }
    var result = ""
    var start = text.startIndex
    var rest = text
    while let range = rest.range(of: node) {
      rest = text[range.upperBound...]
      let ends = [text[..<range.lowerBound].last, rest.first]
      guard ends.allSatisfy({ $0?.isLetter != true && $0?.isNumber != true }) else { continue }
      result += replacing(nodes.dropFirst(), in: text[start..<range.lowerBound])
      result += pseudonyms.node(node)
      start = range.upperBound
    }
    return result + replacing(nodes.dropFirst(), in: text[start...])
  }

  /// `192.0.2.1:3260-iscsi-iqn.2001-05.com.example:x-lun-1`: the address and the target go.
  private func target(_ link: String) -> String {
    let mark = "-iscsi-"
    guard let start = link[...].range(of: mark) else { return pseudonyms.addresses(in: link) }
    let rest = link[start.upperBound...]
    // The last one: a target's name may hold the same letters.
    let end = rest.lastRange(of: "-lun-")?.lowerBound ?? rest.endIndex
    return pseudonyms.addresses(in: String(link[..<start.lowerBound])) + mark
      + pseudonyms.name(.host, String(rest[..<end])) + rest[end...]
  }
}

extension Substring {
  /// Returns where a text first stands; without a copy of all that follows.
  fileprivate func range(of text: String) -> Range<Index>? {
    let mark = Array(text.utf8)
    let found = utf8.withContiguousStorageIfAvailable { $0[...].firstRange(of: mark) }
    guard let range = found ?? Array(utf8)[...].firstRange(of: mark) else { return nil }
    let start = utf8.index(startIndex, offsetBy: range.lowerBound)
    return start..<utf8.index(start, offsetBy: range.count)
  }

  /// Returns where a text last stands.
  fileprivate func lastRange(of text: String) -> Range<Index>? {
    var last: Range<Index>?
    var rest = self
    while let range = rest.range(of: text) {
      last = range
      rest = rest[range.upperBound...]
    }
    return last
  }
}
