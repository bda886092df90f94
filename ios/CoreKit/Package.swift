// swift-tools-version: 6.0
// The core for Swift. On Linux `ios/test` writes Generated/ (the bindings and the built library) before it
// builds; on a Mac `mobile-bindings/build-ios ios/CoreKit/Generated` does.
import PackageDescription

#if os(macOS)
    let library: Target = .binaryTarget(name: "DoorstepFFI", path: "Generated/DoorstepFFI.xcframework")
    let linking: [LinkerSetting] = []
    let strict: [SwiftSetting] = [.swiftLanguageMode(.v6)]
#else
    let library: Target = .systemLibrary(name: "DoorstepFFI", path: "Generated/DoorstepFFI")
    let linking: [LinkerSetting] = [
        .unsafeFlags(["-L", "\(Context.packageDirectory)/Generated/lib"]),
        .linkedLibrary("doorstep_mobile"),
        // Debian's Observation library leaves a symbol of its own undefined.
        .unsafeFlags(["-Xlinker", "--allow-shlib-undefined"]),
    ]
    let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-warnings-as-errors"])]
#endif

let package = Package(
    name: "CoreKit",
    platforms: [.iOS(.v17), .macOS(.v14)],
    products: [.library(name: "CoreKit", targets: ["CoreKit"])],
    targets: [
        library,
        // Not ours to change: what uniffi writes is not written for Swift 6.
        .target(
            name: "DoorstepCore",
            dependencies: ["DoorstepFFI"],
            path: "Generated/DoorstepCore",
            swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: linking
        ),
        .target(name: "CoreKit", dependencies: ["DoorstepCore"], swiftSettings: strict),
        // Types into a draft until it is killed: a process of its own, for the tests.
        .executableTarget(
            name: "Typist", dependencies: ["DoorstepCore"], path: "Tests/Typist", swiftSettings: strict),
        .testTarget(name: "CoreKitTests", dependencies: ["CoreKit", "Typist"], swiftSettings: strict),
    ]
)
