// swift-tools-version: 6.3
import PackageDescription

/// What all of our Swift is compiled with.
let house: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// What goes into the collector: it uses no regular expressions and no tasks, and their libraries
/// would be a megabyte of its file.
let small: [SwiftSetting] =
  house + [
    .unsafeFlags([
      "-Xfrontend", "-disable-implicit-string-processing-module-import",
      "-Xfrontend", "-disable-implicit-concurrency-module-import",
    ])
  ]

/// What people run is one static file each: `DM_STATIC=1 swift build -c release`.
///
/// libarchive's static library needs those that it calls: the collector writes, the analyzer reads.
func staticFile(_ libraries: String...) -> [LinkerSetting] {
  if Context.environment["DM_STATIC"] != "1" { return [] }
  // Not at a multiple of 2 MiB: the kernel would map the whole file in pages of that size where its cache has
  // them, and count as used memory what nobody touches.
  let place = ["-Xlinker", "-Ttext-segment=0x401000"]
  return [.unsafeFlags(["-static-executable"] + place)] + libraries.map { .linkedLibrary($0) }
}

/// libFuzzer's driver is there only with `-sanitize=fuzzer`: `tools/fuzz` builds this.
let fuzzing: [Target] =
  Context.environment["DM_FUZZ"] == "1"
  ? [
    .systemLibrary(name: "CFuzzer", path: "Tests/CFuzzer"),
    .executableTarget(
      name: "fuzz",
      dependencies: [
        "CFuzzer", "BundleFormat", "BundleReader", "NodeState", "Analysis", "Rendering",
      ],
      path: "Tests/Fuzz", swiftSettings: house),
  ] : []

let package = Package(
  name: "dmtools",
  products: [
    .executable(name: "dmcollect", targets: ["dmcollect"]),
    .executable(name: "dmanalyze", targets: ["dmanalyze"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2")
  ],
  targets: [
    .systemLibrary(name: "CArchive"),
    .systemLibrary(name: "CNettle"),
    .systemLibrary(name: "CMalloc"),
    .target(name: "CSpawn"),

    .target(name: "BundleFormat", dependencies: ["CNettle"], swiftSettings: small),
    .target(
      name: "BundleWriter", dependencies: ["BundleFormat", "CArchive"], swiftSettings: small),
    .target(
      name: "BundleReader", dependencies: ["BundleFormat", "CArchive"], swiftSettings: house),
    .target(name: "Spawn", dependencies: ["CSpawn"], swiftSettings: small),
    .target(
      name: "Collector", dependencies: ["BundleFormat", "BundleWriter", "Spawn"],
      swiftSettings: small),
    // The pure stages use a second processor, but know nothing of the system: this does.
    .target(name: "Threads", dependencies: ["CMalloc"], swiftSettings: house),
    .target(name: "NodeState", dependencies: ["BundleFormat", "Threads"], swiftSettings: house),
    .target(
      name: "Analysis", dependencies: ["BundleFormat", "NodeState", "Threads"],
      swiftSettings: house),
    .target(
      name: "Rendering", dependencies: ["BundleFormat", "NodeState", "Analysis", "Threads"],
      swiftSettings: house),
    .target(
      name: "Delivery", dependencies: ["BundleFormat", "Rendering", "Spawn", "CArchive"],
      swiftSettings: house),

    .executableTarget(
      name: "dmcollect", dependencies: ["BundleFormat", "BundleWriter", "Spawn", "Collector"],
      swiftSettings: small, linkerSettings: staticFile("zstd", "z")),
    .executableTarget(
      name: "dmanalyze",
      dependencies: [
        "BundleFormat", "BundleReader", "NodeState", "Analysis", "Rendering", "Delivery", "Spawn",
        "Threads", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: house, linkerSettings: staticFile("zstd", "z", "lzma", "lz4", "bz2")),

    // Nodes made up from a seed, with the truth beside them: for tests and the benchmark.
    .target(
      name: "NodeGenerator", dependencies: ["BundleFormat"], path: "Tests/NodeGenerator",
      swiftSettings: house),
    .executableTarget(
      name: "generate-node", dependencies: ["NodeGenerator", "BundleFormat", "BundleWriter"],
      path: "Tests/GenerateNode", swiftSettings: house),

    // One node that fits on a screen, which a test changes where it wants.
    .target(
      name: "SmallNode", dependencies: ["BundleFormat", "BundleWriter"], path: "Tests/SmallNode",
      swiftSettings: house),

    .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: house),
    // A mail service on this machine, which answers what a test wants.
    .target(
      name: "MailServer", dependencies: ["BundleFormat", "Spawn", "TestSupport"],
      path: "Tests/MailServer",
      exclude: ["server.py"], swiftSettings: house),

    .testTarget(
      name: "ArchitectureTests", dependencies: ["TestSupport"], swiftSettings: house),
    .testTarget(
      name: "BundleFormatTests", dependencies: ["BundleFormat", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "BundleReaderTests",
      dependencies: ["BundleFormat", "BundleReader", "BundleWriter", "CArchive", "TestSupport"],
      swiftSettings: house),
    .testTarget(name: "ThreadsTests", dependencies: ["Threads"], swiftSettings: house),
    .testTarget(name: "SpawnTests", dependencies: ["Spawn", "TestSupport"], swiftSettings: house),
    .testTarget(
      name: "CollectorTests",
      dependencies: [
        "BundleFormat", "BundleReader", "BundleWriter", "Collector", "Spawn", "TestSupport",
      ],
      swiftSettings: house),
    .testTarget(
      name: "NodeStateTests", dependencies: ["BundleFormat", "NodeState", "TestSupport"],
      swiftSettings: house),
    .testTarget(
      name: "AnalysisTests",
      dependencies: [
        "BundleFormat", "BundleReader", "NodeState", "Analysis", "NodeGenerator", "SmallNode",
        "TestSupport",
      ],
      swiftSettings: house),
    .testTarget(
      name: "RenderingTests",
      dependencies: [
        "BundleFormat", "BundleReader", "NodeState", "Analysis", "Rendering", "NodeGenerator",
        "SmallNode", "TestSupport",
      ],
      swiftSettings: house),
    .testTarget(
      name: "DeliveryTests",
      dependencies: [
        "BundleFormat", "NodeState", "Analysis", "Rendering", "Spawn", "Delivery", "MailServer",
        "SmallNode", "TestSupport",
      ],
      swiftSettings: house),
    .testTarget(
      name: "CommandLineTests",
      dependencies: ["BundleFormat", "SmallNode", "MailServer", "TestSupport", "dmanalyze"],
      swiftSettings: house),
  ] + fuzzing
)
