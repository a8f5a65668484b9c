using FarmAgent.Agent.Runs;
using FarmAgent.Agent.Security;
using FarmAgent.Boards;
using FarmAgent.Hardware;
using Wire = FarmAgent.Api.V1;

namespace FarmAgent.Agent.Tests.Runs;

public sealed class RunObservationsTests
{
    private static readonly Caller Suite = new("run:r-1", CallerRole.Runner, "r-1", "l-1");
    private static readonly Caller Person = new("uid:0 (root)", CallerRole.Admin);

    private readonly RunObservations _observations = new();

    public RunObservationsTests() => _observations.Open("r-1");

    [Fact]
    public void Record_FromASuite_IsKept()
    {
        _observations.Record(Suite, Diagnosis("DUT_SILENT"));

        Assert.Equal("DUT_SILENT", Assert.Single(_observations.Of("r-1")).Reason);
    }

    [Fact]
    public void Record_FromAPerson_IsNot()
    {
        _observations.Record(Person, Diagnosis("DUT_SILENT"));

        Assert.Empty(_observations.Of("r-1"));
    }

    [Fact]
    public void Record_SameThingAgain_IsKeptOnce()
    {
        _observations.Record(Suite, Diagnosis("DUT_SILENT"));
        _observations.Record(Suite, Diagnosis("DUT_SILENT"));

        Assert.Single(_observations.Of("r-1"));
    }

    [Fact]
    public void Record_BenchFaultAfterMany_IsKeptAllTheSame()
    {
        for (var i = 0; i < 1_000; i++)
        {
            _observations.Record(Suite, Diagnosis($"DUT_SILENT_{i}"));
        }

        _observations.Record(Suite, Diagnosis("I2C_BUS_STUCK", Wire.Verdict.Error));

        Assert.Equal(101, _observations.Of("r-1").Count);
        Assert.Equal("I2C_BUS_STUCK", _observations.Of("r-1")[^1].Reason);
    }

    [Fact]
    public void Record_FaultOfADevice_IsTheBenchs()
    {
        _observations.Record(Suite, new HardwareException("GPIO_LINE_BUSY", "Held by somebody."));

        Assert.Equal((Wire.Verdict.Error, "GPIO_LINE_BUSY"), (_observations.Of("r-1")[0].Verdict, _observations.Of("r-1")[0].Reason));
    }

    [Fact]
    public void Record_MistakeOfTheSuite_IsNot()
    {
        _observations.Record(Suite, new RequestException("GPIO_LINE_UNKNOWN", "There is none."));
        _observations.Record(Suite, new BoardException("LEASE_LOST", "It is over."));

        Assert.Empty(_observations.Of("r-1"));
    }

    [Fact]
    public void Record_AfterTheEnd_DoesNothing()
    {
        _observations.Close("r-1");
        _observations.Record(Suite, Diagnosis("DUT_SILENT"));

        Assert.Empty(_observations.Of("r-1"));
    }

    private static Wire.Diagnosis Diagnosis(string reason, Wire.Verdict verdict = Wire.Verdict.Fail) => new() { Verdict = verdict, Reason = reason, Message = reason };
}
