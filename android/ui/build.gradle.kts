plugins {
    alias(libs.plugins.android.library)
    alias(libs.plugins.kotlin.compose)
}

android {
    namespace = "app.doorstep.ui"
    compileSdk = libs.versions.compile.sdk.get().toInt()
    defaultConfig {
        minSdk = libs.versions.min.sdk.get().toInt()
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    buildFeatures {
        compose = true
    }
}

// Compose Multiplatform's coordinates, not Jetpack's: their Gradle metadata sends an Android build to the very
// androidx.compose artifacts (1.11.1 → androidx 1.11.2), and the desktop run to the desktop ones, so that one
// list of versions serves the one source. No multiplatform plugin is needed for that.
dependencies {
    api(project(":corekit"))
    api(libs.compose.runtime)
    api(libs.compose.ui)
    implementation(libs.compose.foundation)
    implementation(libs.compose.material3)
    implementation(libs.compose.icons)
}
