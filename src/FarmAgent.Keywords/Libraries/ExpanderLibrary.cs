using FarmAgent.Api.V1;
using FarmAgent.Keywords.Sessions;
using FarmAgent.Keywords.Traces;
using FarmAgent.Keywords.Values;
using FarmAgent.Robot.Libraries;

namespace FarmAgent.Keywords.Libraries;

/// <summary>
/// The 0xBEEF GPIO expander, with the names and arguments of the original project's Python class. The configuration byte follows the firmware
/// (bit 0 direction, bit 1 initial value, bit 2 inverted), not that class, which shifted by 2 and 4.
/// </summary>
internal sealed class ExpanderLibrary : IKeywordLibrary
{
    private const long LastIndex = 7;
    private const uint ActivateRegister = 0x02;

    private readonly FarmSession _session;
    private readonly uint _address;

    public ExpanderLibrary(FarmSession session, KeywordArguments arguments)
    {
        _session = session;
        _address = (uint)HardwareArguments.Number(arguments, "address", 0x08, 0x77, hexRange: true);
        Keywords =
        [
            new("Probe", "", (context, _) => Magic(context).Recognised)
            {
                Documentation = "True if registers 0x00 and 0x01 read 0xBE 0xEF, else False.",
            },
            new("Write", "reg, byte", Write) { Documentation = "Writes one register." },
            new("Read", "reg", Read) { Documentation = "Reads one register, as an integer." },
            new("Set Config", "index, port, pin, dir, init_val, invert", SetConfig)
            {
                Documentation = "Gives a GPIO its port (0 = A), pin, direction (1 = output), initial value and polarity, and activates it.",
            },
            new("Set Pin", "index, value", SetPin) { Documentation = "Sets the value of a GPIO." },
            new("Api Version", "", (_, _) => "1.0") { Documentation = "Version of this library's interface." },
            new("Read Expander Pin", "index", ReadPin) { Documentation = "The GPIO's logical value, 0 or 1." },
            new("Expander Pin Should Be", "index, value", PinShouldBe) { Documentation = "Fails unless the GPIO has this logical value.", IsAssertion = true },
            new("Expander Should Be Present", "", ShouldBePresent) { Documentation = "Fails unless the magic word is 0xBEEF.", IsAssertion = true },
            new("Expander Version", "", (context, _) => VersionOf(context).Version) { Documentation = "Version of the firmware, 'major.minor.patch'." },
            new("Expander Build Id", "", (context, _) => VersionOf(context).BuildId) { Documentation = "First four bytes of the firmware's build id, as hex." },
        ];
    }

    public string Name => "STM32GpioExpander";

    public IReadOnlyList<KeywordDescriptor> Keywords { get; }

    // What went over the bus is noted, also when it went wrong.
    private T Call<T>(IKeywordContext context, string what, Func<CancellationToken, T> call, Func<T, IEnumerable<BusTransfer>> transfers)
    {
        var answer = FarmCall.Run(context, call, error => _session.Trace.AddFailure(_address, what, error));
        _session.Trace.AddTransfers(transfers(answer));
        return answer;
    }

    private ProbeExpanderResponse Magic(IKeywordContext context) => Call(
        context,
        "probe expander",
        token => _session.Client.I2c.ProbeExpander(
            new ProbeExpanderRequest { Board = _session.BoardName, Lease = _session.Lease, Address = _address }, cancellationToken: token),
        answer => answer.Transfers);

    private object? Write(IKeywordContext context, KeywordArguments arguments)
    {
        var register = (uint)HardwareArguments.Number(arguments, "reg", 0, 255);
        var value = (uint)HardwareArguments.Number(arguments, "byte", 0, 255);
        Call(
            context,
            $"write 0x{value:X2} to register 0x{register:X2}",
            token => _session.Client.I2c.WriteExpanderRegister(
                new WriteExpanderRegisterRequest { Board = _session.BoardName, Lease = _session.Lease, Address = _address, Register = register, Value = value },
                cancellationToken: token),
            answer => answer.Transfers);
        return null;
    }

    private object? Read(IKeywordContext context, KeywordArguments arguments) =>
        (long)Register(context, (uint)HardwareArguments.Number(arguments, "reg", 0, 255));

    private byte Register(IKeywordContext context, uint register) => Call(
        context,
        $"read register 0x{register:X2}",
        token => _session.Client.I2c.ReadExpanderRegisters(
            new ReadExpanderRegistersRequest { Board = _session.BoardName, Lease = _session.Lease, Address = _address, Register = register, Count = 1 },
            cancellationToken: token),
        answer => answer.Transfers).Values[0];

    private object? SetConfig(IKeywordContext context, KeywordArguments arguments)
    {
        var gpio = new ExpanderGpio
        {
            Index = (uint)HardwareArguments.Number(arguments, "index", 0, LastIndex),
            Port = (uint)HardwareArguments.Number(arguments, "port", 0, 255),
            Pin = (uint)HardwareArguments.Number(arguments, "pin", 0, 255),
            Output = HardwareArguments.Level(arguments, "dir"),
            InitialHigh = HardwareArguments.Level(arguments, "init_val"),
            Inverted = HardwareArguments.Level(arguments, "invert"),
        };
        Call(
            context,
            $"configure GPIO {gpio.Index}",
            token => _session.Client.I2c.ConfigureExpander(
                new ConfigureExpanderRequest { Board = _session.BoardName, Lease = _session.Lease, Address = _address, Gpio = gpio }, cancellationToken: token),
            answer => answer.Transfers);
        return null;
    }

    private object? SetPin(IKeywordContext context, KeywordArguments arguments)
    {
        var index = (uint)HardwareArguments.Number(arguments, "index", 0, LastIndex);
        var value = HardwareArguments.Level(arguments, "value");
        Call(
            context,
            $"set GPIO {index}",
            token => _session.Client.I2c.SetExpander(
                new SetExpanderRequest { Board = _session.BoardName, Lease = _session.Lease, Address = _address, Index = index, Value = value },
                cancellationToken: token),
            answer => answer.Transfers);
        return null;
    }

    private object? ReadPin(IKeywordContext context, KeywordArguments arguments)
    {
        var index = HardwareArguments.Number(arguments, "index", 0, LastIndex);
        var active = Register(context, ActivateRegister);
        if ((active & (1 << (int)index)) == 0)
        {
            throw new KeywordFailedException($"GPIO {index} is not active. Configure it first: Set Config  {index}  port  pin  dir  init_val  invert.");
        }

        var request = new GetExpanderRequest { Board = _session.BoardName, Lease = _session.Lease, Address = _address };
        request.Indices.Add((uint)index);
        var answer = Call(context, $"get GPIO {index}", token => _session.Client.I2c.GetExpander(request, cancellationToken: token), a => a.Transfers);
        return answer.Gpios[0].Value ? 1L : 0L;
    }

    private object? PinShouldBe(IKeywordContext context, KeywordArguments arguments)
    {
        var expected = HardwareArguments.Level(arguments, "value") ? 1L : 0L;
        var actual = (long)ReadPin(context, arguments)!;
        return actual == expected
            ? null
            : throw new KeywordFailedException($"GPIO {HardwareArguments.Show(arguments["index"])} of the expander is {actual}, expected {expected}.");
    }

    private object? ShouldBePresent(IKeywordContext context, KeywordArguments arguments)
    {
        var answer = Magic(context);
        return answer.Recognised
            ? null
            : throw new KeywordFailedException(
                $"0x{_address:X2} answered {answer.Magic >> 8:X2} {answer.Magic & 0xFF:X2} where the expander has BE EF.");
    }

    private ProbeExpanderResponse VersionOf(IKeywordContext context)
    {
        var answer = Magic(context);
        return answer.Version.Length > 0
            ? answer
            : throw new KeywordFailedException($"The firmware at 0x{_address:X2} has no version block (register 0x30 is not 0x01).");
    }
}
