import BundleFormat
import NodeState

extension Rule {
  /// A device-mapper command waits for udev.
  static let stuckUdevCookie = Rule(
    "stuck-udev-cookie", nil, .warning, title: "A device-mapper command waits for udev",
    RuleExplanation(
      meaning: "A udev cookie exists: some command waits for udev to finish.",
      harm: "If it stays, lvchange and dmsetup remove wait for ever.",
      cause: "udev hangs or lost an event.",
      remedy: "Look again after a minute; then find the hung udev worker.",
      wrongRemedy: "dmsetup udevcomplete_all while commands are at work.",
      needs: [.dmsetupUdevcookies],
      // Measured on a real kernel by tools/lab, too.
      references: [
        "dmsetup(8), udevcookies"
      ]),
    examine: { inventory in
      guard let first = inventory.snapshot.host.udevCookies.first else { return [] }
      let count = inventory.snapshot.host.udevCookies.count
      return [
        NodeMatch(
          inventory.nodeName, "\(count) udev \(count == 1 ? "cookie exists" : "cookies exist").",
          evidence: [Evidence(first.location, from: .dmsetupUdevcookies)])
      ]
    })
}
