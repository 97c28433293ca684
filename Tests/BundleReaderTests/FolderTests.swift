import BundleFormat
import BundleReader
import Glibc
import TestSupport
import Testing

@Suite struct FolderTests {
  private let sample = SampleBundle()

  private func folder() -> TemporaryFolder {
    let folder = TemporaryFolder()
    for entry in sample.entries { folder.add(entry.content, as: entry.path) }
    return folder
  }

  private func refusal(of folder: TemporaryFolder) -> BundleError? {
    do throws(BundleError) {
      _ = try NodeBundle(reading: .path(folder.path))
      return nil
    } catch {
      return error
    }
  }

  @Test func `links inside a folder are refused, whatever they point at`() {
    for target in ["/etc/passwd", "commands", "manifest.json", "nowhere"] {
      let folder = folder()
      #expect(symlink(target, "\(folder.path)/files/link") == 0)
      #expect(
        refusal(of: folder)
          == .refusedEntry(name: "files/link", reason: "is no plain file and no folder"))
    }
  }

  @Test func `a manifest that is a link is refused`() {
    let folder = folder()
    rename("\(folder.path)/manifest.json", "\(folder.path)/files/m")
    #expect(symlink("files/m", "\(folder.path)/manifest.json") == 0)
    #expect(
      refusal(of: folder)
        == .refusedEntry(name: "manifest.json", reason: "is no plain file and no folder"))
  }

  @Test func `a named pipe is refused and not waited for`() {
    let folder = folder()
    #expect(mkfifo("\(folder.path)/commands/pipe", 0o600) == 0)
    #expect(
      refusal(of: folder)
        == .refusedEntry(name: "commands/pipe", reason: "is no plain file and no folder"))
  }

  @Test func `a name with a control character is refused`() {
    let folder = folder()
    folder.add([1], as: "files/a\u{1B}b")
    #expect(
      refusal(of: folder)
        == .refusedEntry(name: "bundle/files/a\u{1B}b", reason: "has a control character"))
    #expect(refusal(of: folder)?.description.contains("a\\x1bb") == true)
  }

  @Test func `a folder without manifest is no bundle, and one without end is truncated`() {
    let folder = folder()
    unlink("\(folder.path)/manifest-end.json")
    guard case .truncated? = refusal(of: folder) else {
      Issue.record("the end was not missed")
      return
    }
    unlink("\(folder.path)/manifest.json")
    #expect(refusal(of: folder) == .notABundle(reason: "the folder has no manifest.json"))
  }
}
