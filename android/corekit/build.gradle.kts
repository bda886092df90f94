plugins {
    alias(libs.plugins.android.library)
}

android {
    namespace = "app.doorstep.corekit"
    compileSdk = libs.versions.compile.sdk.get().toInt()
    defaultConfig {
        minSdk = libs.versions.min.sdk.get().toInt()
        consumerProguardFiles("consumer-rules.pro")
    }
    compileOptions {
        sourceCompatibility = JavaVersion.VERSION_17
        targetCompatibility = JavaVersion.VERSION_17
    }
    // What mobile-bindings/build-android writes; never committed.
    sourceSets.named("main") {
        kotlin.directories += "generated/kotlin"
        jniLibs.directories += "generated/jniLibs"
    }
}

dependencies {
    api(libs.coroutines.core)
    // The AAR brings JNA's own native library for each ABI; the JAR would not find one on a phone.
    implementation(variantOf(libs.jna) { artifactType("aar") })
}
