using System.Text;

namespace FarmAgent.Robot.Settings;

/// <summary>Splits a text into arguments at spaces outside quotes.</summary>
internal static class CommandText
{
    public static IReadOnlyList<string> Split(string text)
    {
        var result = new List<string>();
        StringBuilder? current = null;
        var quote = '\0';
        foreach (var c in text)
        {
            if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    current!.Append(c);
                }
            }
            else if (c is '\'' or '"')
            {
                quote = c;
                current ??= new StringBuilder();
            }
            else if (char.IsWhiteSpace(c))
            {
                if (current is not null)
                {
                    result.Add(current.ToString());
                    current = null;
                }
            }
            else
            {
                (current ??= new StringBuilder()).Append(c);
            }
        }

        if (current is not null)
        {
            result.Add(current.ToString());
        }

        return result;
    }
}
