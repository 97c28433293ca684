import Analysis
import NodeState
import Rendering
import SmallNode

extension RenderedMail {
  /// The mail of a node that fits on a screen, with a page and a script of a few bytes.
  static let small = RenderedMail(
    Assessment(of: NodeSnapshot(reading: SmallNode.withGhost.bundle)),
    enclosures: MailEnclosures(
      page: Array("<p>h</p>".utf8), script: Array("#!/bin/sh\n".utf8), name: "pve1",
      compressing: { $0 }))

  /// The same with a page of that many bytes, which is attached as it is.
  static func large(_ count: Int) -> RenderedMail {
    RenderedMail(
      Assessment(of: NodeSnapshot(reading: SmallNode.withGhost.bundle)),
      enclosures: MailEnclosures(
        page: [UInt8](repeating: UInt8(ascii: "x"), count: count), script: nil, name: "pve1",
        compressing: { $0 }))
  }
}
