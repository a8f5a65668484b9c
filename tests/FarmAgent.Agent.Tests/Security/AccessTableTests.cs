using FarmAgent.Agent.Security;
using FarmAgent.Api.V1;
using Google.Protobuf.Reflection;
using Caller = FarmAgent.Agent.Security.Caller;

namespace FarmAgent.Agent.Tests.Security;

public sealed class AccessTableTests
{
    private static readonly FileDescriptor[] Files =
    [
        BenchServiceReflection.Descriptor, CheckServiceReflection.Descriptor, DebugServiceReflection.Descriptor, FlashServiceReflection.Descriptor, GpioServiceReflection.Descriptor,
        I2CServiceReflection.Descriptor, InventoryServiceReflection.Descriptor, LeaseServiceReflection.Descriptor, RunServiceReflection.Descriptor,
        SerialServiceReflection.Descriptor, TraceServiceReflection.Descriptor, TunnelServiceReflection.Descriptor, PowerServiceReflection.Descriptor, InstrumentServiceReflection.Descriptor, SecurityServiceReflection.Descriptor, AuditServiceReflection.Descriptor,
    ];

    public static TheoryData<string> Methods => new(Files.SelectMany(f => f.Services).SelectMany(s => s.Methods).Select(m => $"/{m.Service.FullName}/{m.Name}"));

    [Theory]
    [MemberData(nameof(Methods))]
    public void Check_Administrator_MayCallEverything(string method) => AccessTable.Check(new Caller("root", CallerRole.Admin), method);

    [Theory]
    [MemberData(nameof(Methods))]
    public void Check_Nobody_MayCallNothing(string method) =>
        Assert.Throws<AuthorizationException>(() => AccessTable.Check(new Caller("x", CallerRole.None), method));

    [Theory]
    [InlineData("/farmagent.v1.LeaseService/AcquireLease")]
    [InlineData("/farmagent.v1.LeaseService/ReleaseLease")]
    [InlineData("/farmagent.v1.RunService/StartRun")]
    [InlineData("/farmagent.v1.BenchService/ApplyFault")]
    public void Check_RunningSuite_MayNotReachBeyondItsRun(string method) =>
        Assert.Throws<AuthorizationException>(() => AccessTable.Check(new Caller("run:r-1", CallerRole.Runner, "r-1", "l-1"), method));

    [Theory]
    [InlineData("/farmagent.v1.BenchService/ApplyFault")]
    [InlineData("/farmagent.v1.BenchService/SetClockMode")]
    public void Check_Operator_MayNotChangeTheBench(string method) =>
        Assert.Throws<AuthorizationException>(() => AccessTable.Check(new Caller("anna", CallerRole.Operator), method));

    [Fact]
    public void Check_UnknownMethod_IsOpenToNobody() =>
        Assert.Throws<AuthorizationException>(() => AccessTable.Check(new Caller("root", CallerRole.Admin), "/some.Other/Call"));
}
