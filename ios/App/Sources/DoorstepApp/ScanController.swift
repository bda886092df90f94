import AVFoundation
import CoreKit
import UIKit

/// Looks for one enrolment code, and shows what the camera sees meanwhile.
@MainActor
final class ScanController: UIViewController {
    private let capture = AVCaptureSession()
    private let preview: AVCaptureVideoPreviewLayer
    private var isReady = false
    private var told: ((Scan) -> Void)?

    init(tell: @escaping (Scan) -> Void) {
        preview = AVCaptureVideoPreviewLayer(session: capture)
        told = tell
        super.init(nibName: nil, bundle: nil)
        modalPresentationStyle = .fullScreen
    }

    @available(*, unavailable) required init?(coder: NSCoder) { fatalError("never in a storyboard") }

    override func viewDidLoad() {
        super.viewDidLoad()
        view.backgroundColor = .black
        preview.videoGravity = .resizeAspectFill
        view.layer.addSublayer(preview)
        addCancel()
        guard let lens = AVCaptureDevice.default(for: .video),
            let input = try? AVCaptureDeviceInput(device: lens),
            capture.canAddInput(input)
        else { return }
        capture.addInput(input)
        let codes = AVCaptureMetadataOutput()
        capture.addOutput(codes)
        codes.setMetadataObjectsDelegate(self, queue: .main)
        codes.metadataObjectTypes = [.qr]
        isReady = true
    }

    override func viewDidLayoutSubviews() {
        super.viewDidLayoutSubviews()
        preview.frame = view.bounds
    }

    override func viewDidAppear(_ animated: Bool) {
        super.viewDidAppear(animated)
        guard isReady else { return end(.cancelled) }
        // Starting blocks: not on the main thread.
        DispatchQueue.global(qos: .userInitiated).async { [capture] in capture.startRunning() }
    }

    private func addCancel() {
        let cancel = UIButton(
            configuration: .filled(), primaryAction: UIAction { [weak self] _ in self?.end(.cancelled) })
        cancel.setTitle(String(localized: "scan.type_instead", table: "Shell"), for: .normal)
        cancel.titleLabel?.adjustsFontForContentSizeCategory = true
        cancel.translatesAutoresizingMaskIntoConstraints = false
        view.addSubview(cancel)
        NSLayoutConstraint.activate([
            cancel.centerXAnchor.constraint(equalTo: view.centerXAnchor),
            cancel.bottomAnchor.constraint(equalTo: view.safeAreaLayoutGuide.bottomAnchor, constant: -24),
            cancel.heightAnchor.constraint(greaterThanOrEqualToConstant: 54),
        ])
    }

    /// Tells once, whatever comes after.
    private func end(_ scan: Scan) {
        guard let tell = told else { return }
        told = nil
        DispatchQueue.global(qos: .userInitiated).async { [capture] in capture.stopRunning() }
        dismiss(animated: true) { tell(scan) }
    }
}

extension ScanController: @preconcurrency AVCaptureMetadataOutputObjectsDelegate {
    func metadataOutput(
        _ output: AVCaptureMetadataOutput, didOutput objects: [AVMetadataObject],
        from connection: AVCaptureConnection
    ) {
        let texts = objects.compactMap { ($0 as? AVMetadataMachineReadableCodeObject)?.stringValue }
        if let text = texts.first { end(.code(text)) }
    }
}
