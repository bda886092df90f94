import DoorstepCore
import Foundation

/// The incarnation marker, outside every backup, so that a restored or copied database meets no marker of its
/// own. On an iPhone its file is encrypted until the first unlock after a start; until then it reads as
/// `unreadable`, never as absent.
public struct MarkerFile: MarkerStore {
    private let file: URL
    private static let length = 16

    /// `folder` is made where it is missing.
    public init(in folder: URL) {
        file = folder.appendingPathComponent("incarnation")
    }

    public func load() -> HostMarker {
        // Asked of the file itself: what may not be read exists nevertheless.
        guard FileManager.default.fileExists(atPath: file.path) else { return .absent }
        guard let bytes = try? Data(contentsOf: file) else { return .unreadable }
        // A marker of another length is nobody's. A new incarnation is always safe, a wrong one never.
        return bytes.count == MarkerFile.length ? .kept(incarnation: bytes) : .absent
    }

    public func store(_ marker: HostMarker) throws(Failure) {
        guard case .kept(let incarnation) = marker else { return }
        do {
            let folder = file.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            try incarnation.write(to: file, options: MarkerFile.writing)
            try keepOutOfBackups(file)
        } catch {
            throw .storage(code: "marker")
        }
    }

    #if os(Linux)
        private static let writing: Data.WritingOptions = .atomic
    #else
        private static let writing: Data.WritingOptions = [
            .atomic, .completeFileProtectionUntilFirstUserAuthentication,
        ]
    #endif
}

/// Marks a file so that neither iCloud nor a computer copies it. Each atomic write makes a new file, which has
/// to be marked anew.
private func keepOutOfBackups(_ file: URL) throws {
    #if !os(Linux)
        var file = file
        var values = URLResourceValues()
        values.isExcludedFromBackup = true
        try file.setResourceValues(values)
    #endif
}
