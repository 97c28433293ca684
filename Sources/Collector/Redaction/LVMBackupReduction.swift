/// Reduces a group's metadata backup to what tells its past: its heading, and its volumes' names and uuids.
///
/// Tags, extents and everything of single volumes stay on the node. Source: vgcfgbackup(8).
enum LVMBackupReduction {
  /// Returns the kept lines as they are; sections that were opened and kept are closed, too.
  static func reduce(_ bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    var sections: [(name: ArraySlice<UInt8>, isKept: Bool)] = []
    Lines.forEach(bytes) { line in
      let text = line.trimmed
      let isKept: Bool
      if text.first != UInt8(ascii: "#"), text.last == UInt8(ascii: "{") {
        let name = text.dropLast().trimmed
        isKept = keeps(section: name, in: sections.map(\.name))
        sections.append((name, isKept))
      } else if text.elementsEqual([UInt8(ascii: "}")]) {
        isKept = sections.popLast()?.isKept ?? true
      } else {
        isKept = keeps(text, in: sections.map(\.name))
      }
      if isKept { result += line + [UInt8(ascii: "\n")] }
    }
    return result
  }

  /// The group, its list of volumes, and each volume in it.
  private static func keeps(section: ArraySlice<UInt8>, in outer: [ArraySlice<UInt8>]) -> Bool {
    switch outer.count {
    case 0: true
    case 1: section.elementsEqual("logical_volumes".utf8)
    case 2: outer[1].elementsEqual("logical_volumes".utf8)
    default: false
    }
  }

  private static func keeps(_ text: ArraySlice<UInt8>, in sections: [ArraySlice<UInt8>]) -> Bool {
    switch sections.count {
    case 0: true
    case 1: ["id =", "seqno =", "extent_size ="].contains { text.starts(with: $0.utf8) }
    case 3: sections[1].elementsEqual("logical_volumes".utf8) && text.starts(with: "id =".utf8)
    default: false
    }
  }
}
