import ArgumentParser

extension ParsableArguments {
  /// Refuses a path without a byte, as a variable that isn't set leaves it: nobody means the folder `/` by
  /// it.
  static func refuseEmpty(_ paths: KeyValuePairs<String, String?>) throws {
    for (option, path) in paths where path?.isEmpty == true {
      throw ValidationError("\(option) needs a path, and the one given is empty.")
    }
  }
}
