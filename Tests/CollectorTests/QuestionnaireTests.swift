import BundleFormat
import Collector
import Testing

struct QuestionnaireTests {
  @Test func `every source has one question, and --list names it with a reason`() {
    let sources = Questionnaire.all.map(\.source)
    #expect(sources.count == SourceID.allCases.count)
    #expect(Set(sources) == Set(SourceID.allCases))
    let lines = Questionnaire.list(Settings()).split(separator: "\n")
    #expect(lines.count == 3 * sources.count)
    for source in sources {
      #expect(lines.contains { $0 == source.rawValue || $0.hasPrefix("\(source.rawValue) (") })
    }
    #expect(Questionnaire.all.allSatisfy { $0.why.count > 15 })
  }

  @Test func `--list names what --only and --skip leave`() {
    var settings = Settings()
    settings.only = [.lvs, .vgs]
    settings.skip = [.vgs]
    let lines = Questionnaire.list(settings).split(separator: "\n")
    #expect(lines.count == 3 && lines[0] == "lvs (required)")
  }

  @Test func `what may hold secrets is asked first, LVM last`() {
    let sources = Questionnaire.all.map(\.source)
    #expect(
      Set(sources.prefix(5)) == [.storageCfg, .guestConfigs, .fstab, .haConfig, .replicationConfig])
    #expect(sources.suffix(3) == [.lvs, .vgs, .pvs])
  }

  @Test func `no question can change anything`() {
    for question in Questionnaire.all {
      guard case .command(let words) = question.method else { continue }
      #expect(!words.contains("--showkeys"))
      #expect(!["pvesm", "blkid", "vgscan", "pvscan", "kpartx"].contains(words[0]))
      if words[0] == "qm" || words[0] == "pct" { #expect(words[1] == "list") }
      if ["lvs", "vgs", "pvs"].contains(words[0]) { #expect(words.contains("--readonly")) }
    }
    #expect(!Questionnaire.list(Settings()).contains("/etc/pve/priv"))
  }
}
