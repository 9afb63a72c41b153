using System.Reflection;
using Xunit;
using Xunit.Abstractions;
using Xunit.Sdk;

namespace MedicalGpt.GpuCheck;

/// <summary>Runs the tests of an assembly that carry the trait Device, one at a time, in this process. They look at MEDGPT_TEST_DEVICE.</summary>
internal sealed class ParityRun : LongLivedMarshalByRefObject, IMessageSink, IDisposable
{
    private const string Trait = "Device";
    private readonly List<ITestCase> cases = [];
    private readonly ManualResetEventSlim done = new();
    private readonly List<string> failures = [];
    private int passed, skipped;

    /// <summary>Runs an assembly's tests.</summary>
    /// <param name="assembly">The tests.</param>
    /// <returns>How many passed and were skipped, and what failed.</returns>
    public static ParityResult Run(Assembly assembly)
    {
        using var run = new ParityRun();
        var framework = new XunitTestFramework(run);
        var options = new TestOptions();
        using var discoverer = framework.GetDiscoverer(Reflector.Wrap(assembly));
        discoverer.Find(false, run, options);
        run.done.Wait();
        run.done.Reset();
        using var executor = framework.GetExecutor(assembly.GetName());
        executor.RunTests(run.cases, run, options);
        run.done.Wait();
        return new ParityResult(run.passed, run.skipped, run.failures);
    }

    /// <inheritdoc/>
    public bool OnMessage(IMessageSinkMessage message)
    {
        switch (message)
        {
            case ITestCaseDiscoveryMessage found when found.TestCase.Traits.ContainsKey(Trait):
                cases.Add(found.TestCase);
                break;
            case ITestPassed:
                passed++;
                break;
            case ITestSkipped:
                skipped++;
                break;
            case ITestFailed failed:
                failures.Add($"{failed.Test.DisplayName}: {string.Join(" <- ", failed.Messages)}");
                break;
            case IErrorMessage error:
                failures.Add(string.Join(" <- ", error.Messages));
                break;
            case IDiscoveryCompleteMessage or ITestAssemblyFinished:
                done.Set();
                break;
            default:
                break;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => done.Dispose();

    private sealed class TestOptions : ITestFrameworkDiscoveryOptions, ITestFrameworkExecutionOptions
    {
        private readonly Dictionary<string, object?> values = new(StringComparer.Ordinal) { ["xunit.execution.DisableParallelization"] = true, ["xunit.execution.SynchronousMessageReporting"] = true };

        public TValue GetValue<TValue>(string name) => values.TryGetValue(name, out var value) ? (TValue)value! : default!;

        public void SetValue<TValue>(string name, TValue value) => values[name] = value;
    }
}
