using FarmAgent.Keywords.Libraries;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Keywords.Sessions;

/// <summary>The hardware libraries by their import names. The two of the original project are known by their Python names, too.</summary>
public static class FarmLibraries
{
    /// <summary>The table for one run.</summary>
    /// <param name="session">What the libraries share.</param>
    public static IReadOnlyDictionary<string, LibraryFactory> Table(FarmSession session)
    {
        var expander = new LibraryFactory("address=0x08", arguments => new ExpanderLibrary(session, arguments));
        var host = new LibraryFactory(() => new HostGpioLibrary(session));
        return new Dictionary<string, LibraryFactory>(StringComparer.Ordinal)
        {
            ["STM32GpioExpander"] = expander,
            ["STM32GpioExpander.STM32GpioExpander"] = expander,
            ["HostGpio"] = host,
            ["HostGpio.HostGpio"] = host,
            ["Board"] = new(() => new BoardLibrary(session)),
            ["Flash"] = new(() => new FlashLibrary(session)),
            ["I2c"] = new(() => new I2cLibrary(session)),
            ["Instruments"] = new(() => new InstrumentLibrary(session)),
            ["Serial"] = new(() => new SerialLibrary(session)),
        };
    }
}
