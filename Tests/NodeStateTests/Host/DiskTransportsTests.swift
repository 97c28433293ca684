import BundleFormat
import Testing

@testable import NodeState

@Suite struct DiskTransportsTests {
  private func transports(_ text: String) throws(ParseError) -> [String: String] {
    let capture = Capture(text: text)
    let list = try DiskTransports.parse(capture.bytes, from: capture.origin)
    return Dictionary(uniqueKeysWithValues: list.map { ($0.description, $1) })
  }

  @Test func `what lies on a disk has its transport, wherever the column stands`() throws {
    let text = """
      {"blockdevices":[
       {"maj:min":"8:0","tran":"sata","children":[{"maj:min":"8:1","tran":null}]},
       {"maj:min":"8:16","children":[{"maj:min":"253:0","tran":null}],"tran":"iscsi"},
       {"maj:min":"7:0","tran":null}]}
      """
    #expect(
      try transports(text) == [
        "8:0": "sata", "8:1": "sata", "8:16": "iscsi", "253:0": "iscsi", "7:0": "",
      ])
  }

  @Test func `a map below two paths has one of their transports`() throws {
    let text = """
      {"blockdevices":[
       {"maj:min":"8:0","tran":"","children":[{"maj:min":"253:0"}]},
       {"maj:min":"8:16","tran":"fc","children":[{"maj:min":"253:0"}]}]}
      """
    #expect(try transports(text)["253:0"] == "fc")
  }

  @Test(arguments: ["iscsi", "fc"]) func `a RAID reaches as far as any of its disks`(far: String)
    throws
  {
    for list in [["sata", far, "nvme"], [far, "sata"]] {
      let disks = list.enumerated().map {
        "{\"maj:min\":\"8:\($0)\",\"tran\":\"\($1)\",\"children\":[{\"maj:min\":\"9:127\"}]}"
      }
      let text = "{\"blockdevices\":[\(disks.joined(separator: ","))]}"
      #expect(try transports(text)["9:127"] == far)
    }
  }

  @Test(arguments: ["", "{}", "[]", "NAME MAJ:MIN\nsda 8:0\n", "{\"blockdevices\":[{\"maj"])
  func `what is no report of lsblk is refused`(text: String) {
    #expect(throws: ParseError.self) { try transports(text) }
  }

  /// lsblk's own layout of a disk with a partition and a mapping, and of a disk on a network.
  private let laidOut = """
    {
       "blockdevices": [
          {
             "name": "sda",
             "maj:min": "8:0",
             "size": 1099511627776,
             "ro": false,
             "tran": "sata",
             "children": [
                {
                   "name": "sda1",
                   "maj:min": "8:1",
                   "tran": null,
                   "children": [
                      {
                         "maj:min": "253:0",
                         "tran": null
                      }
                   ]
                },{
                   "maj:min": "8:2",
                   "tran": null
                }
             ]
          },{
             "maj:min": "8:16",
             "children": [
                {
                   "maj:min": "253:1"
                }
             ],
             "tran": "iscsi"
          }
       ]
    }

    """

  @Test func `lsblk's own layout is read by the line, and says what the grammar says`() throws {
    #expect(DeviceTreeLines.devices(of: Array(laidOut.utf8).span)?.count == 6)
    let compact = String(laidOut.filter { $0 != "\n" && $0 != " " })
    #expect(DeviceTreeLines.devices(of: Array(compact.utf8).span) == nil)
    #expect(try transports(laidOut) == transports(compact))
    #expect(
      try transports(laidOut) == [
        "8:0": "sata", "8:1": "sata", "253:0": "sata", "8:2": "sata", "8:16": "iscsi",
        "253:1": "iscsi",
      ])
  }

  /// Devices that are laid out like the one before, but for the last.
  private let alike = """
    {
       "blockdevices": [
          {
             "name": "sda",
             "maj:min": "8:0",
             "size": 8796093022208,
             "tran": "sata"
          },{
             "name": "sdb",
             "maj:min": "8:16",
             "size": 16,
             "tran": "iscsi",
             "children": [
                {
                   "name": "x-1",
                   "maj:min": "253:0",
                   "size": 4096,
                   "tran": null
                },{
                   "name": "x-22",
                   "maj:min": "253:17",
                   "size": 409600,
                   "tran": null
                },{
                   "name": null,
                   "maj:min": "253:4",
                   "size": 0,
                   "tran": ""
                }
             ]
          }
       ]
    }

    """

  @Test func `devices that are laid out alike are read by comparing, and say the same`() throws {
    #expect(
      try transports(alike) == [
        "8:0": "sata", "8:16": "iscsi", "253:0": "iscsi", "253:17": "iscsi", "253:4": "iscsi",
      ])
    let bytes = Array(alike.utf8)
    for position in bytes.indices {
      for byte in Array("0\",}:{ x\n\\".utf8) + [0x80] {
        var changed = bytes
        changed[position] = byte
        guard DeviceTreeLines.devices(of: changed.span) != nil else { continue }
        // A line break in front, which lsblk doesn't print: only the grammar takes it.
        let text = String(decoding: changed, as: UTF8.self)
        let (read, grammar) = (try? transports(text), try? transports("\n" + text))
        #expect(read == grammar, "byte \(position) changed to \(byte)")
      }
    }
  }

  @Test func `what is left out is not in the table, but the first device is`() throws {
    let capture = Capture(text: alike)
    let list = try DiskTransports.parse(
      capture.bytes, from: capture.origin, leavingOut: { $0.major == 253 && $0.minor != 17 })
    #expect(list.keys.map(\.description).sorted() == ["253:17", "8:0", "8:16"])
    let first = try DiskTransports.parse(
      capture.bytes, from: capture.origin, leavingOut: { _ in true })
    #expect(first.keys.map(\.description) == ["8:0"])
  }

  @Test func `a layout with one byte changed is read by the line only if it is JSON`() throws {
    let bytes = Array(laidOut.utf8)
    for position in bytes.indices {
      for byte in [UInt8(ascii: ","), UInt8(ascii: "}"), UInt8(ascii: "\""), 0x5C, 0x0A, 0x80] {
        var changed = bytes
        changed[position] = byte
        guard let lines = DeviceTreeLines.devices(of: changed.span) else { continue }
        #expect(
          (try? JSONValue(parsing: changed)) != nil, "byte \(position) changed to \(byte)")
        #expect(lines.count <= 6)
      }
    }
  }
}
