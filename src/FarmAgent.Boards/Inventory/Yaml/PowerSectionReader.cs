namespace FarmAgent.Boards.Inventory.Yaml;

/// <summary>Turns the section <c>power:</c> of a board into a description.</summary>
internal static class PowerSectionReader
{
    private const int LongestMilliseconds = 60_000;

    public static PowerDescription Read(YamlSection section)
    {
        var relay = section.Text("relay");
        var port = section.Text("usb_port");
        var active = section.Choice("active", ("high", true), ("low", false));
        var power = new PowerDescription
        {
            Relay = relay,
            UsbPort = port,
            ActiveHigh = active ?? true,
            OffTime = TimeSpan.FromMilliseconds(section.Number("off_ms", 1, LongestMilliseconds) ?? 1_000),

            // A probe on the same port has to be found on USB again.
            SettleTime = TimeSpan.FromMilliseconds(section.Number("settle_ms", 0, LongestMilliseconds) ?? (port is null ? 500 : 3_000)),
            Safe = section.Choice("safe", ("on", SafePower.On), ("off", SafePower.Off), ("leave", SafePower.Leave)) ?? SafePower.On,
        };
        section.RefuseUnknownKeys();
        if (relay is null == port is null)
        {
            section.Complain(relay is null ? "relay" : "usb_port", "needs one switch: 'relay' with a GPIO line of the host, or 'usb_port' with a USB port such as 1-1.3.");
        }

        if (port is not null && active is not null)
        {
            section.Complain("active", "only a relay has an active level.");
        }

        return power;
    }
}
