import Glibc

/// An absolute path in which a component may hold one `*`, for any characters but none at its start
/// that make the name hidden.
struct FilePattern: Hashable {
  let text: String

  /// Finds all files that fit, in byte order; hands on folders that could not be read.
  ///
  /// - Parameters:
  ///   - found: Called with each path.
  ///   - failed: Called with each folder on the way that is there and can't be read.
  /// - Returns: Whether the folder before the first `*` is there.
  func expand(
    below root: Root, found: (String) -> Void, failed: (FileError) -> Void
  ) -> Bool {
    let components = text.split(separator: "/").map(String.init)
    guard let first = components.firstIndex(where: { $0.contains("*") }) else {
      found(text)
      return true
    }
    let folder = "/" + components[..<first].joined(separator: "/")
    return walk(
      folder, components[first...], root, isFirst: true, found: found, failed: failed)
  }

  private func walk(
    _ folder: String, _ rest: ArraySlice<String>, _ root: Root, isFirst: Bool,
    found: (String) -> Void, failed: (FileError) -> Void
  ) -> Bool {
    guard let component = rest.first else {
      found(folder)
      return true
    }
    let remaining = rest.dropFirst()
    guard component.contains("*") else {
      return walk(
        "\(folder)/\(component)", remaining, root, isFirst: false, found: found, failed: failed)
    }
    do {
      for name in try root.names(in: folder) where Self.fits(name, component) {
        if let safe = Self.withoutFlaws(name) {
          failed(FileError(path: "\(folder)/\(safe)", errorNumber: EILSEQ))
          continue
        }
        _ = walk(
          "\(folder)/\(name)", remaining, root, isFirst: false, found: found, failed: failed)
      }
    } catch {
      if error.isMissing { return !isFirst }
      failed(error)
    }
    return true
  }

  /// A name that no bundle can hold, with question marks in place of control characters and of bytes
  /// that are no text; nil for any other name.
  static func withoutFlaws(_ name: String) -> String? {
    func isFlaw(_ scalar: Unicode.Scalar) -> Bool {
      // What isn't UTF-8 has become U+FFFD.
      scalar.value < 32 || (0x7F...0x9F).contains(scalar.value) || scalar == "\u{FFFD}"
    }
    guard name.unicodeScalars.contains(where: isFlaw) else { return nil }
    var safe = String.UnicodeScalarView()
    for scalar in name.unicodeScalars { safe.append(isFlaw(scalar) ? "?" : scalar) }
    return String(safe)
  }

  /// Whether a name fits a component with one `*`.
  static func fits(_ name: String, _ component: String) -> Bool {
    let parts = component.split(
      separator: "*", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2 else { return name == component }
    return !name.hasPrefix(".") && name.utf8.count >= component.utf8.count - 1
      && name.hasPrefix(parts[0]) && name.hasSuffix(parts[1])
  }
}
