// swift-tools-version: 6.0
// The screens, in a library so that they can be type-checked and previewed without the app around them.
// The app itself is built by Xcode from ../project.yml.
import PackageDescription

// A Mac has SwiftUI; elsewhere a stand-in lets the types be checked, and the screens be read aloud.
#if os(macOS)
    let standIn: [Package.Dependency] = []
    let swiftUI: [Target.Dependency] = []
    let strict: [SwiftSetting] = [.swiftLanguageMode(.v6)]
    let listening: [Target] = []
#else
    let standIn: [Package.Dependency] = [.package(path: "../SwiftUIStandIn")]
    let swiftUI: [Target.Dependency] = [.product(name: "SwiftUI", package: "SwiftUIStandIn")]
    let strict: [SwiftSetting] = [.swiftLanguageMode(.v6), .unsafeFlags(["-warnings-as-errors"])]
    let listening: [Target] = [
        .testTarget(
            name: "ListeningTests", dependencies: ["Screens"] + swiftUI, exclude: ["Spoken"],
            swiftSettings: strict)
    ]
#endif

let package = Package(
    name: "Screens",
    defaultLocalization: "zh-Hans",
    platforms: [.iOS(.v17)],
    products: [.library(name: "Screens", targets: ["Screens"])],
    dependencies: [.package(path: "../CoreKit")] + standIn,
    targets: [
        .target(
            name: "Screens",
            dependencies: [.product(name: "CoreKit", package: "CoreKit")] + swiftUI,
            resources: [.process("Localizable.xcstrings")],
            swiftSettings: strict
        ),
        .testTarget(name: "ScreensTests", dependencies: ["Screens"], swiftSettings: strict),
    ] + listening
)
