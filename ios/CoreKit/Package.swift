// swift-tools-version: 6.0
// The core for Swift. `ios/test` writes Generated/ (the bindings and the built library) before it builds.
import PackageDescription

let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-warnings-as-errors"])]

let package = Package(
    name: "CoreKit",
    products: [.library(name: "CoreKit", targets: ["CoreKit"])],
    targets: [
        .systemLibrary(name: "DoorstepFFI", path: "Generated/DoorstepFFI"),
        // Not ours to change: what uniffi writes is not written for Swift 6.
        .target(
            name: "DoorstepCore",
            dependencies: ["DoorstepFFI"],
            path: "Generated/DoorstepCore",
            swiftSettings: [.swiftLanguageMode(.v5)],
            linkerSettings: [
                .unsafeFlags(["-L", "\(Context.packageDirectory)/Generated/lib"]),
                .linkedLibrary("doorstep_mobile"),
                // Debian's Observation library leaves a symbol of its own undefined.
                .unsafeFlags(["-Xlinker", "--allow-shlib-undefined"], .when(platforms: [.linux])),
            ]
        ),
        .target(name: "CoreKit", dependencies: ["DoorstepCore"], swiftSettings: strict),
        .testTarget(name: "CoreKitTests", dependencies: ["CoreKit"], swiftSettings: strict),
    ]
)
