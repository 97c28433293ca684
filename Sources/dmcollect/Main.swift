import BundleFormat
import Collector
import Glibc
import Spawn

/// The collector: one file that is copied to a node and run there.
@main struct Main {
  static func main() {
    StandardDescriptors.openMissing()
    // libarchive needs it for names beyond ASCII.
    setlocale(LC_CTYPE, "C.UTF-8")
    let arguments = Array(CommandLine.arguments.dropFirst())
    if Helper.run(arguments) { return }
    Termination.endOnSignals(
      saying: "dmcollect: ended by a signal; no bundle was written\n", status: 3)
    do throws(UsageError) {
      exit(perform(try Request(arguments)))
    } catch {
      complain("\(error); see dmcollect --help")
      exit(2)
    }
  }

  private static func perform(_ request: Request) -> Int32 {
    switch request {
    case .help: return show(Request.helpText)
    case .version: return show("dmcollect \(Release.version)\n")
    case .list(let settings): return show(Questionnaire.list(settings))
    case .dryRun(let settings): return show(Questionnaire.dryRun(settings))
    case .collect(let settings): return collect(settings)
    }
  }

  private static func collect(_ settings: Settings) -> Int32 {
    if settings.output == .standardOutput && isatty(1) == 1 {
      complain("a bundle is not for a terminal: redirect standard output, or name a file")
      return 2
    }
    if settings.output == .standardOutput && !StandardDescriptors.hasOutput {
      complain("standard output is closed or can't be written; no bundle was written")
      return 3
    }
    do throws(OutputError) {
      let outcome = try Collection(settings).run()
      if let path = outcome.path, settings.verbosity != .quiet { _ = show("\(path)\n") }
      for complaint in outcome.complaints { complain("required source is missing: \(complaint)") }
      return outcome.complaints.isEmpty ? 0 : 1
    } catch {
      complain("\(error); no bundle was written")
      return 3
    }
  }

  private static func show(_ text: String) -> Int32 { StandardStream.show(text) ? 0 : 3 }

  private static func complain(_ sentence: String) { StandardStream.complain(sentence) }
}
