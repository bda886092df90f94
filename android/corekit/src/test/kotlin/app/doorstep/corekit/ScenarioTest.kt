package app.doorstep.corekit

import kotlinx.serialization.json.Json
import kotlinx.serialization.json.jsonArray
import kotlinx.serialization.json.jsonObject
import kotlinx.serialization.json.jsonPrimitive
import org.junit.jupiter.api.DynamicTest
import org.junit.jupiter.api.TestFactory
import java.io.File

/** Every scenario that both platforms must pass, on the real library and a real server process. */
class ScenarioTest {
    @TestFactory
    fun scenarios(): List<DynamicTest> {
        val files = File(System.getProperty("doorstep.root"), "tests/scenarios").listFiles { file -> file.extension == "json" }
        check(!files.isNullOrEmpty()) { "tests/scenarios is missing" }
        return files.sorted().map { file ->
            val scenario = Json.parseToJsonElement(file.readText()).jsonObject
            DynamicTest.dynamicTest(scenario.getValue("name").jsonPrimitive.content) {
                Play().use { play ->
                    scenario.getValue("steps").jsonArray.forEachIndexed { at, step ->
                        try {
                            play.step(step.jsonObject)
                        } catch (error: Throwable) {
                            throw AssertionError("${file.name}, step ${at + 1}: $step: ${error.message}", error)
                        }
                    }
                }
            }
        }
    }
}
