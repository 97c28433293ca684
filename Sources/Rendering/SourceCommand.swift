import BundleFormat

/// The one command that fills a gap.
enum SourceCommand {
  /// Returns the command that prints a source on the node, by the plan of the bundle that lacks it;
  /// a new collection where the plan doesn't know.
  static func text(for source: SourceID, in manifest: Manifest) -> String {
    guard let planned = manifest.entries.first(where: { $0.source == source }) else {
      return "dmcollect"
    }
    if let argv = planned.argv { return ShellWord.line(argv) }
    guard planned.kind == .file, let origin = planned.origin else { return "dmcollect" }
    return ShellWord.line(["cat", origin])
  }
}
