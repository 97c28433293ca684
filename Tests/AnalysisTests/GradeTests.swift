@testable import Analysis
import Testing

@Suite struct GradeTests {
  /// A node with as much CPU and memory use, in percent, and nothing else.
  private func grade(cpu: Int = 0, memory: Int = 0) -> Grade {
    assessment(
      of: "host-alone",
      with: [
        "cpu-stat.txt": "cpu  0 0 0 0 0 0 0 0 0 0\n",
        "second/cpu-stat.txt": "cpu  \(cpu) 0 0 \(100 - cpu) 0 0 0 0 0 0\n",
        "memory.txt":
          "MemTotal: 100 kB\nMemAvailable: \(100 - memory) kB\nSwapTotal: 0 kB\nSwapFree: 0 kB\n",
      ]
    ).grade
  }

  /// Another node's guests' disks that are mapped here, each a stale one.
  private func stale(_ count: Int, ignoring list: IgnoreList = .empty) -> Grade {
    node(count, ignoring: list)
  }

  @Test(arguments: [(60, 0), (61, 10), (80, 10), (81, 20)]) func `CPU use takes points`(
    cpu: Int, points: Int
  ) {
    #expect(grade(cpu: cpu).score == 100 - points)
  }

  @Test(arguments: [(75, 0), (76, 10), (90, 10), (91, 20)]) func `memory use takes points`(
    memory: Int, points: Int
  ) {
    #expect(grade(memory: memory).score == 100 - points)
  }

  @Test(arguments: [(0, 0), (10, 0), (11, 10), (50, 10), (51, 20)])
  func `stale mappings take points`(count: Int, points: Int) {
    let grade = stale(count)
    #expect(grade.score == 100 - points)
  }

  @Test(arguments: [(5, 0), (6, 8), (20, 8), (21, 15)])
  func `orphaned ones take points`(count: Int, points: Int) {
    #expect(node(count, referenced: false).score == 100 - points)
  }

  @Test(arguments: [
    (60, 75, "A+"), (61, 75, "A+"), (61, 76, "A"), (81, 76, "B"), (81, 91, "B"),
  ]) func `letters follow the score and the worst finding`(cpu: Int, memory: Int, letter: String) {
    // 81 % CPU and 91 % memory: a score of 60, a C by the arithmetic, and warnings cap at B.
    let expected = cpu == 81 && memory == 91 ? "C" : letter
    #expect(grade(cpu: cpu, memory: memory).letter?.name == expected)
  }

  @Test func `each letter has its threshold`() {
    for (score, letter) in [
      (100, "A+"), (90, "A+"), (89, "A"), (80, "A"), (79, "B"), (70, "B"), (69, "C"), (60, "C"),
      (59, "D"), (0, "D"), (-15, "D"),
    ] {
      #expect(Grade.Letter(score: score).name == letter)
    }
  }

  @Test func `the worst finding caps the letter, and says so`() {
    let warning = assessment(of: "case-07-deactivation-failed").grade
    #expect(warning.cap?.letter == .b)
    #expect(warning.cap?.finding == "moved-guest:san-vm--200--disk--0")
    #expect(warning.score == 100 && warning.letter == .b)
    let critical = assessment(of: "lost-volume").grade
    #expect(critical.cap?.letter == .d)
    let notice = assessment(of: "stopped-guest-shared").grade
    #expect(notice.cap == nil && notice.letter == .aPlus)
  }

  @Test func `after the cleanup what it removes no longer counts`() {
    #expect(assessment(of: "case-07-deactivation-failed").grade.afterCleanup == .aPlus)
    #expect(assessment(of: "case-02-recreated-on-target").grade.afterCleanup == .aPlus)
    #expect(assessment(of: "lost-volume").grade.afterCleanup == .d)
  }

  @Test func `what shared blocks with removed leftovers alone is at rest after the cleanup`() {
    let grade = assessment(of: "case-09-blocks-given-to-another").grade
    #expect(grade.letter == .b && grade.afterCleanup == .aPlus)
    // Nobody can say which of two leftovers lived: both stay.
    #expect(assessment(of: "overlap-of-two-ghosts").grade.afterCleanup == .b)
  }

  @Test(arguments: [
    "pmxcfs-down", "quorum-lost", "volumes-unknown", "configuration-missing",
  ]) func `where too much is unknown there is no letter`(scenario: String) {
    let grade = assessment(of: scenario).grade
    #expect(grade.letter == nil && grade.score == nil && grade.afterCleanup == nil)
  }

  @Test func `without the mappings there is no letter`() {
    #expect(assessment(of: "host-alone", without: ["dmsetup-info"]).grade.letter == nil)
  }

  @Test func `what is stale and does not count is told beside what does`() throws {
    #expect(stale(11).deductions.map(\.reason) == ["11 stale mappings"])
    let list = try IgnoreList(parsing: "moved-guest:san-vm--1000--disk--0 # known")
    let grade = stale(12, ignoring: list)
    #expect(grade.deductions.map(\.reason) == ["11 of 12 stale mappings"])
    #expect(grade.score == 90)
  }

  @Test func `informational verdicts do not count`() {
    #expect(assessment(of: "case-17-migration-under-way").grade.letter == .aPlus)
    #expect(assessment(of: "stopped-guest-local").grade.deductions.isEmpty)
  }

  @Test func `figures beyond all sizes end no judgement`() {
    let assessment = assessment(
      of: "host-alone",
      with: [
        "filesystems.txt":
          "F Type 1-blocks Used Available Capacity Mounted on\n/dev/x ext4 1 \(Int.max) 0 9% /\n",
        "dmsetup-status.txt":
          "p-tpool: 0 1 thin-pool 1 \(Int.max)/1 \(Int.max)/1 - rw no_discard_passdown - -\n",
      ])
    #expect(assessment.findings.count == 2)
  }
}

/// The grade of a node with `count` mapped disks on shared storage, of guests of pve2 or of nobody.
private func node(
  _ count: Int, referenced: Bool = true, ignoring list: IgnoreList = .empty
) -> Grade {
  let group = "GroupSan" + String(repeating: "0", count: 24)
  var (info, table, rows, conf) = ("", "", [String](), "memory: 512\n")
  for index in 0..<count {
    let id = "Id\(1000 + index)"
    let uuid = id + String(repeating: "0", count: 32 - id.count)
    // Names in the order of dmsetup.
    let digits = String(1000 + index)
    let name = "san-vm--\(digits)--disk--0"
    info += "\(name)|LVM-\(group)\(uuid)|253|\(index)|0|1|0|L--w\n"
    table += "\(name): 0 8192 linear 8:16 \(2048 + index * 8192)\n"
    rows.append(
      """
      {"vg_name":"san","vg_uuid":"\(group)","lv_name":"vm-\(digits)-disk-0","lv_uuid":"\(uuid)",\
      "lv_attr":"-wi-------","lv_size":"4194304","lv_dm_path":"/dev/mapper/\(name)",\
      "lv_time":"2026-01-15 08:00:00 +0000","segtype":"linear","seg_start_pe":"0",\
      "seg_size_pe":"1","seg_pe_ranges":"/dev/sdb:\(index)-\(index)"}
      """)
    conf += "unused\(index): fast:vm-\(digits)-disk-0\n"
  }
  let vgs = String(
    decoding: Scenario.named("case-07-deactivation-failed")?.files["vgs.json"] ?? [], as: UTF8.self)
  var changes = [
    "lvs.json": "{\"report\":[{\"lv\":[\(rows.joined(separator: ",\n"))]}]}\n",
    "vgs.json": vgs.replacing(before: "\"lv_count\":\"1\"", after: "\"lv_count\":\"\(count)\""),
    "guests/pve2/qemu-server/200.conf": referenced ? conf : "memory: 512\n",
  ]
  if count > 0 {
    changes["dmsetup-info.txt"] = info
    changes["dmsetup-table.txt"] = table
  } else {
    changes["dmsetup-info.txt"] = "No devices found\n"
    changes["dmsetup-table.txt"] = "No devices found\n"
  }
  return assessment(of: "case-07-deactivation-failed", with: changes, ignoring: list).grade
}
