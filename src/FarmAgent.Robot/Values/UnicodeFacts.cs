using System.Collections.Frozen;
using System.Globalization;

namespace FarmAgent.Robot.Values;

/// <summary>Facts of Unicode that the invariant globalization mode lacks: canonical composition and full case mapping.</summary>
internal sealed class UnicodeFacts
{
    private static readonly Lazy<UnicodeFacts> Loaded = new(() => new UnicodeFacts());

    private UnicodeFacts()
    {
        var decompositions = new Dictionary<int, int[]>();
        var compositions = new Dictionary<long, int>();
        var classes = new Dictionary<int, byte>();
        var cases = new Dictionary<char, Dictionary<int, string>>
        {
            ['f'] = [],
            ['l'] = [],
            ['u'] = [],
            ['t'] = [],
        };
        using var stream = typeof(UnicodeFacts).Assembly.GetManifestResourceStream("FarmAgent.Robot.Values.unicode-facts.txt")
            ?? throw new InvalidOperationException("The resource unicode-facts.txt is not part of this build. Build the project again.");
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            if (line.StartsWith('#'))
            {
                continue;
            }

            var cells = line.Split(' ');
            var kind = cells[0][0];
            if (kind == 'c')
            {
                for (var code = Hex(cells[2]); code <= Hex(cells[3]); code++)
                {
                    classes[code] = byte.Parse(cells[1], CultureInfo.InvariantCulture);
                }

                continue;
            }

            var mapped = cells.Skip(2).Select(Hex).ToArray();
            if (kind is 'd' or 'x')
            {
                decompositions[Hex(cells[1])] = mapped;
                if (kind == 'd' && mapped.Length == 2)
                {
                    compositions[((long)mapped[0] << 32) | (uint)mapped[1]] = Hex(cells[1]);
                }
            }
            else
            {
                cases[kind][Hex(cells[1])] = string.Concat(mapped.Select(char.ConvertFromUtf32));
            }
        }

        Decompositions = decompositions.ToFrozenDictionary();
        Compositions = compositions.ToFrozenDictionary();
        CombiningClasses = classes.ToFrozenDictionary();
        (Foldings, Lowers, Uppers, Titles) = (cases['f'].ToFrozenDictionary(), cases['l'].ToFrozenDictionary(),
            cases['u'].ToFrozenDictionary(), cases['t'].ToFrozenDictionary());
    }

    public static UnicodeFacts Instance => Loaded.Value;

    public FrozenDictionary<int, int[]> Decompositions { get; }

    public FrozenDictionary<long, int> Compositions { get; }

    public FrozenDictionary<int, byte> CombiningClasses { get; }

    public FrozenDictionary<int, string> Foldings { get; }

    public FrozenDictionary<int, string> Lowers { get; }

    public FrozenDictionary<int, string> Uppers { get; }

    public FrozenDictionary<int, string> Titles { get; }

    private static int Hex(string text) => int.Parse(text, NumberStyles.HexNumber, CultureInfo.InvariantCulture);
}
