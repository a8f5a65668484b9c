using System.Text.RegularExpressions;
using FarmAgent.Api.V1;
using FarmAgent.TestKit;
using Google.Protobuf.Reflection;

namespace FarmAgent.Api.Tests.Contract;

/// <summary>buf's STANDARD and COMMENTS rules, as far as names and texts can tell, over the descriptors that are really compiled in.</summary>
public sealed partial class ProtoRulesTests
{
    private static readonly FileDescriptor[] Files =
    [
        BenchServiceReflection.Descriptor, CheckServiceReflection.Descriptor, DebugServiceReflection.Descriptor, FlashServiceReflection.Descriptor,
        FlashTypesReflection.Descriptor, GpioServiceReflection.Descriptor, I2CServiceReflection.Descriptor,
        InstrumentServiceReflection.Descriptor, InventoryServiceReflection.Descriptor, LeaseServiceReflection.Descriptor, PowerServiceReflection.Descriptor, RunServiceReflection.Descriptor,
        SecurityServiceReflection.Descriptor, AuditServiceReflection.Descriptor, SerialServiceReflection.Descriptor, TraceServiceReflection.Descriptor, TunnelServiceReflection.Descriptor, VerdictReflection.Descriptor,
    ];

    [Fact]
    public void Files_OnDisk_AreTheOnesCompiledIn()
    {
        var onDisk = Directory.GetFiles(RepositoryFiles.At("protos/farmagent/v1"), "*.proto").Select(f => "farmagent/v1/" + Path.GetFileName(f));

        Assert.Equal(onDisk.Order(StringComparer.Ordinal), Files.Select(f => f.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Files_Imports_AreOwnOrWellKnown() => Assert.All(
        Files.SelectMany(f => f.Dependencies),
        d => Assert.True(d.Name.StartsWith("google/protobuf/", StringComparison.Ordinal) || d.Package == "farmagent.v1", d.Name));

    [Fact]
    public void Services_Names_EndInServiceAndNameTheirFile() => Assert.All(Files.SelectMany(f => f.Services), s =>
    {
        Assert.EndsWith("Service", s.Name, StringComparison.Ordinal);
        Assert.Equal($"farmagent/v1/{SnakeOf(s.Name)}.proto", s.File.Name);
    });

    [Fact]
    public void Methods_Messages_AreTheirOwnAndNamedAfterThem() => Assert.All(Files.SelectMany(f => f.Services).SelectMany(s => s.Methods), m =>
    {
        Assert.Equal(m.Name + "Request", m.InputType.Name);
        Assert.Equal(m.Name + "Response", m.OutputType.Name);
    });

    [Fact]
    public void Methods_Messages_AreUsedOnce()
    {
        var used = Files.SelectMany(f => f.Services).SelectMany(s => s.Methods).SelectMany(m => new[] { m.InputType.FullName, m.OutputType.FullName });

        Assert.Empty(used.GroupBy(n => n, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => g.Key));
    }

    [Fact]
    public void Enums_Values_CarryTheirEnumsNameAndBeginUnspecified() => Assert.All(Files.SelectMany(f => f.EnumTypes), e =>
    {
        var prefix = SnakeOf(e.Name).ToUpperInvariant() + "_";
        Assert.All(e.Values, v => Assert.StartsWith(prefix, v.Name, StringComparison.Ordinal));
        Assert.Equal(prefix + "UNSPECIFIED", e.FindValueByNumber(0)?.Name);
    });

    [Fact]
    public void Fields_Names_AreLowerSnakeCase() => Assert.All(
        Files.SelectMany(f => f.MessageTypes).SelectMany(m => m.Fields.InDeclarationOrder()),
        f => Assert.Matches("^[a-z][a-z0-9]*(_[a-z0-9]+)*$", f.Name));

    [Theory]
    [MemberData(nameof(FileNames))]
    public void Files_EveryDeclaration_HasAComment(string file)
    {
        var lines = File.ReadAllLines(RepositoryFiles.At("protos/" + file));
        var bare = lines.Select((text, index) => (text, index))
            .Where(l => Declaration().IsMatch(l.text) && !(l.index > 0 && lines[l.index - 1].TrimStart().StartsWith("//", StringComparison.Ordinal)))
            .Select(l => $"{file}:{l.index + 1}: {l.text.Trim()}");

        Assert.Empty(bare);
    }

    public static TheoryData<string> FileNames => new(Files.Select(f => f.Name));

    private static string SnakeOf(string name) => WordStart().Replace(name, "_$0").ToLowerInvariant();

    // A word starts at a capital that follows a small letter or digit-less text; "I2cService" is i2c_service.
    [GeneratedRegex("(?<=[a-z])[A-Z]", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex WordStart();

    [GeneratedRegex(@"^\s*(message|enum|service|rpc|oneof)\s|^\s*[\w.<>, ]+\s\w+\s=\s\d+;", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Declaration();
}
