using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.PythonLibraries;

/// <summary>A type that the library itself makes of an argument.</summary>
/// <param name="host">Where the library lives.</param>
/// <param name="number">Number of the converter there.</param>
/// <param name="accepts">Types of values that it takes; none: all.</param>
internal sealed class PythonConverter(PythonHost host, int number, IReadOnlyList<TypeInfo> accepts) : IOutsideType
{
    public bool Fits(object? value, TypeConverter converter) => false;

    public bool TryConvert(object? value, TypeConverter converter, out object? result)
    {
        result = null;
        if (accepts.Count > 0 && !accepts.Any(type => converter.NeedsNoConversion(value, type)))
        {
            return false;
        }

        try
        {
            var answer = host.Ask("convert", json =>
            {
                json.WriteNumber("converter", number);
                json.WritePropertyName("value");
                host.Wire.Write(json, value);
            }, CancellationToken.None);
            result = host.Wire.Read(answer[0]);
            return true;
        }
        catch (PythonErrorException error)
        {
            throw PyErrorException.ValueError(error.Raw);
        }
    }
}
