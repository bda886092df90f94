import AVFoundation
import CoreKit
import UIKit

/// The camera, asked for when a code is scanned or a photo is taken, never before. What it takes goes to the core and
/// nowhere else, least of all into the photo library.
@MainActor
final class PhoneCamera: NSObject, Camera {
    private var taking: CheckedContinuation<Shot, Never>?

    func scanCode() async -> Scan {
        guard let top = UIViewController.top else { return .cancelled }
        guard await AVCaptureDevice.requestAccess(for: .video) else { return .noPermission }
        return await withCheckedContinuation { continuation in
            top.present(ScanController { continuation.resume(returning: $0) }, animated: true)
        }
    }

    func takePhoto() async -> Shot {
        guard let top = UIViewController.top, UIImagePickerController.isSourceTypeAvailable(.camera) else {
            return .cancelled
        }
        guard await AVCaptureDevice.requestAccess(for: .video) else { return .noPermission }
        let picker = UIImagePickerController()
        picker.sourceType = .camera
        picker.delegate = self
        // Only the two buttons end it: no swipe that nobody hears of.
        picker.modalPresentationStyle = .fullScreen
        return await withCheckedContinuation { continuation in
            taking = continuation
            top.present(picker, animated: true)
        }
    }

    private func end(_ picker: UIImagePickerController, _ shot: Shot) {
        picker.dismiss(animated: true)
        taking?.resume(returning: shot)
        taking = nil
    }
}

extension PhoneCamera: UIImagePickerControllerDelegate, UINavigationControllerDelegate {
    func imagePickerController(
        _ picker: UIImagePickerController,
        didFinishPickingMediaWithInfo info: [UIImagePickerController.InfoKey: Any]
    ) {
        let image = info[.originalImage] as? UIImage
        end(picker, image?.jpegData(compressionQuality: 0.92).map(Shot.photo) ?? .cancelled)
    }

    func imagePickerControllerDidCancel(_ picker: UIImagePickerController) { end(picker, .cancelled) }
}

extension UIViewController {
    /// What is in front, where something can be presented.
    static var top: UIViewController? {
        let scenes = UIApplication.shared.connectedScenes.compactMap { $0 as? UIWindowScene }
        var top = scenes.first { $0.activationState == .foregroundActive }?.keyWindow?.rootViewController
        while let next = top?.presentedViewController { top = next }
        return top
    }
}
