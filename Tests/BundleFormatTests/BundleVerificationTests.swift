import BundleFormat
import Testing

@Suite struct BundleVerificationTests {
  private func bundle(
    _ change: (inout [BundleEntry], inout Manifest) -> Void = { _, _ in }, unlisted: [String] = []
  ) -> NodeBundle {
    var manifest = Manifest(
      tool: .init(name: "dmcollect", version: "1"),
      node: .init(name: "pve1", hostname: "pve1", machineID: nil, bootID: nil, cluster: nil),
      collectedAt: Timestamp(secondsSinceEpoch: 1_795_377_240), redaction: .standard,
      entries: SourceID.required.map { Self.planned($0.rawValue) })
    var entries = SourceID.required.map { Self.entry($0.rawValue) }
    change(&entries, &manifest)
    return NodeBundle(
      manifest: manifest, finishedAt: nil, entries: entries, sha256: "ab", source: "b.tar.zst",
      unlisted: unlisted)
  }

  private static func planned(_ id: String) -> PlannedEntry {
    PlannedEntry(id: id, kind: .file, argv: nil, origin: "/x", path: "files/\(id)")
  }

  private static func entry(
    _ id: String, status: EntryResult.Status = .collected, content: [UInt8]? = [1],
    isIntact: Bool = true
  ) -> BundleEntry {
    BundleEntry(
      result: EntryResult(planned: planned(id), status: status), content: content,
      isIntact: isIntact)
  }

  @Test func `a whole bundle is complete`() {
    let verification = BundleVerification(of: bundle())
    #expect(verification.verdict == .complete)
    #expect(
      verification.lines() == [
        "bundle   b.tar.zst", "node     pve1, collected at 2026-11-22T19:54:00Z", "sha256   ab",
        "13 entries: 13 ok", "The bundle is complete and as it was collected.",
      ])
    #expect(verification.lines(all: true).contains("ok       files/lvs"))
  }

  @Test func `altered, missing and unlisted entries are named`() {
    let verification = BundleVerification(
      of: bundle(
        { entries, _ in
          entries[2] = Self.entry("dmsetup-info", isIntact: false)
          entries.append(Self.entry("memory", content: nil, isIntact: false))
        }, unlisted: ["files/stowaway"]))
    #expect(verification.verdict == .altered)
    let lines = verification.lines()
    #expect(lines.contains("altered  files/dmsetup-info"))
    #expect(lines.contains("missing  files/memory"))
    #expect(lines.contains("unlisted files/stowaway"))
    #expect(lines.contains("15 entries: 12 ok, 1 altered, 1 missing, 1 not in the manifest"))
    #expect(lines.contains("required source dmsetup-info: altered"))
  }

  @Test func `a second reading that was meant, and failed, makes a bundle incomplete`() {
    func entry(exitCode: Int?, _ status: EntryResult.Status, reading: Int) -> BundleEntry {
      let planned = PlannedEntry(
        id: "dmsetup-info", kind: .command, argv: ["dmsetup"], origin: nil,
        path: reading == 1 ? "commands/dmsetup-info.out" : "second/commands/dmsetup-info.out")
      return BundleEntry(
        result: EntryResult(
          planned: planned, status: status, exitCode: exitCode, reading: reading),
        content: [1], isIntact: true)
    }
    let flaws: [(BundleEntry, String)] = [
      (entry(exitCode: nil, .skipped, reading: 2), "second reading: skipped"),
      (entry(exitCode: nil, .missing, reading: 2), "second reading: missing on the node"),
      (entry(exitCode: 1, .collected, reading: 2), "second reading: exit code 1"),
    ]
    for (second, reason) in flaws {
      let verification = BundleVerification(
        of: bundle { entries, _ in
          entries[2] = entry(exitCode: 0, .collected, reading: 1)
          entries.append(second)
        })
      #expect(verification.verdict == .incomplete)
      #expect(verification.lacking.map(\.source) == [.dmsetupInfo])
      #expect(verification.lacking.map(\.reason) == [reason])
    }
    let planned = BundleVerification(
      of: bundle { _, manifest in
        manifest.entries.append(
          PlannedEntry(
            id: "dmsetup-info", kind: .file, argv: nil, origin: "/x", path: "second/files/x"))
      })
    #expect(planned.lacking.map(\.reason) == ["second reading: not asked"])
    let failed = BundleVerification(
      of: bundle { entries, _ in entries[2] = entry(exitCode: 5, .collected, reading: 1) })
    #expect(failed.lacking.map(\.reason) == ["exit code 5"])
  }

  @Test func `a required source that was not collected makes a bundle incomplete`() {
    for (status, phrase) in [
      (EntryResult.Status.timedOut, "timed out"), (.missing, "missing on the node"),
      (.failed, "failed"), (.truncated, "truncated"), (.skipped, "skipped"),
    ] {
      let verification = BundleVerification(
        of: bundle { entries, _ in entries[4] = Self.entry("lvs", status: status, content: nil) })
      #expect(verification.verdict == .incomplete)
      #expect(verification.lines().contains("required source lvs: \(phrase)"))
    }
  }

  @Test func `an optional source may be missing`() {
    let verification = BundleVerification(
      of: bundle { entries, _ in
        entries.append(Self.entry("multipath", status: .missing, content: nil))
      })
    #expect(verification.verdict == .complete)
  }

  @Test func `a question without answer is named`() {
    let verification = BundleVerification(
      of: bundle { entries, manifest in
        entries.remove(at: 4)
        manifest.entries.append(Self.planned("later\u{1B}"))
      })
    #expect(verification.unanswered == ["lvs", "later\u{1B}"])
    #expect(verification.lines().contains("no answer to later\\x1b"))
    #expect(verification.lines().contains("required source lvs: not asked"))
    #expect(verification.verdict == .incomplete)
  }

  @Test func `nothing from a bundle reaches the terminal as a control sequence`() {
    let text = "a\u{1B}]0;x\u{7}\u{9B}\n\u{202E}\u{2028}é\\"
    #expect(TerminalText.escaped(text) == "a\\x1b]0;x\\x07\\x9b\\x0a\\u{202e}\\u{2028}é\\")
    let verification = BundleVerification(of: bundle(unlisted: [text]))
    for line in verification.lines(all: true) {
      #expect(line.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x9B })
    }
  }
}
