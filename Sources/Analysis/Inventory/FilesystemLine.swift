/// A line of fstab that is no comment.
struct FilesystemLine {
  let text: String
  /// What the paths of its device name.
  let targets: [PathTarget]
}
