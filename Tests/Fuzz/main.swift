import CFuzzer

// `fuzz SOURCE BUNDLE [libFuzzer's arguments]`: tools/fuzz makes and calls it.
guard CommandLine.argc >= 3 else { fatalError("fuzz SOURCE BUNDLE [ARGUMENTS]") }
FuzzTarget.chosen = FuzzTarget(name: CommandLine.arguments[1], bundle: CommandLine.arguments[2])

// libFuzzer reads its arguments behind the program's name, and keeps them.
var count = CommandLine.argc - 2
var arguments: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv + 2
CommandLine.unsafeArgv[2] = CommandLine.unsafeArgv[0]
_ = LLVMFuzzerRunDriver(&count, &arguments) { bytes, count in
  FuzzTarget.chosen?.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}
