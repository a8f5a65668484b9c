using System.Globalization;
using System.Text.RegularExpressions;
using FarmAgent.Probes.StLink;
using FarmAgent.TestKit;

namespace FarmAgent.Probes.Tests;

/// <summary>The rules that give the agent its probes name each kind that the agent knows, and nothing else of that vendor but boot loaders.</summary>
public sealed partial class UdevRulesTests
{
    private const ushort StMicroelectronics = 0x0483;
    private const ushort BootLoader = 0xDF11;

    [Fact]
    public void Rules_EveryKindOfProbe_IsNamed()
    {
        var rules = File.ReadAllText(RepositoryFiles.At("systemd/udev/60-farm-agent.rules"));
        var named = Product().Matches(rules).SelectMany(m => m.Groups["ids"].Value.Split('|'))
            .Select(id => ushort.Parse(id, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).Order();
        var known = Enumerable.Range(0, 0x10000).Select(id => (ushort)id).Where(id => StLinkModel.Find(StMicroelectronics, id) is not null || id == BootLoader);
        Assert.Equal(known, named);
    }

    [GeneratedRegex("ATTR\\{idProduct\\}==\"(?<ids>[0-9a-f|]+)\"", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Product();
}
