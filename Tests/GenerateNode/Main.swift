import BundleFormat
import BundleWriter
import Glibc
import NodeGenerator

/// Makes up a node and writes it as the bundle that the collector would have written there.
@main
struct Main {
  static let usage = """
    usage: generate-node --seed N --guests N [--mappings N] [--faults PERCENT] -o FILE.tar.zst
                         [--truth FILE]

      --seed N           the same seed and options give the same bytes
      --guests N         how many guests have a configuration
      --mappings N       about how many mappings there are (default: as many as the guests have)
      --faults PERCENT   how many of 100 stories are of something that went wrong (default 10)
      -o FILE            the bundle
      --truth FILE       each mapping's class, rule and step, as a table

    """

  static func main() {
    if CommandLine.arguments.dropFirst().contains(where: { $0 == "-h" || $0 == "--help" }) {
      return say(usage, to: STDOUT_FILENO)
    }
    do {
      let options = try Options(CommandLine.arguments.dropFirst())
      let node = GeneratedNode(seed: options.seed, options: options.generator)
      try write(options.output) { try BundleFile(node.bundle).write(to: $0) }
      if let path = options.truth {
        try write(path) { descriptor in
          try node.truth.table.withUnsafeBytes { try writeAll($0, to: descriptor) }
        }
      }
    } catch let error as UsageError {
      say("generate-node: \(error.reason)\n\(usage)")
      exit(2)
    } catch {
      say("generate-node: \(error)\n")
      exit(1)
    }
  }

  static func say(_ text: String, to descriptor: CInt = STDERR_FILENO) {
    _ = Array(text.utf8).withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
  }

  private static func write(_ path: String, _ body: (CInt) throws -> Void) throws {
    let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o644)
    guard descriptor >= 0 else {
      throw FileError(path: path, reason: String(cString: strerror(errno)))
    }
    defer { close(descriptor) }
    try body(descriptor)
  }

  private static func writeAll(_ bytes: UnsafeRawBufferPointer, to descriptor: CInt) throws {
    var rest = bytes
    while !rest.isEmpty {
      let count = Glibc.write(descriptor, rest.baseAddress, rest.count)
      guard count > 0 else {
        throw FileError(path: "truth", reason: String(cString: strerror(errno)))
      }
      rest = UnsafeRawBufferPointer(rebasing: rest[count...])
    }
  }
}

/// A file that could not be written.
struct FileError: Error, CustomStringConvertible {
  let path: String
  let reason: String
  var description: String { "\(path): \(reason)" }
}
