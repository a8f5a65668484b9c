using FarmAgent.Robot.Libraries;
using FarmAgent.Robot.Values;
using static FarmAgent.Robot.Keywords.KeywordChecks;

namespace FarmAgent.Robot.Keywords;

/// <content>Elements as text and files.</content>
internal sealed partial class XmlLibrary
{
    private static IEnumerable<KeywordDescriptor> Writing() =>
    [
        Plain("Element To String", $"source, {Path}, encoding: str | None=None", (_, a) =>
        {
            var text = XmlSerializing.ToText(Element(a)).Trim(PyWhitespace.All);
            return string.IsNullOrEmpty(a.OptionalText("encoding")) ? text : PyCodecs.Encode(text, a.Text("encoding"));
        }),
        Plain("Log Element", $"source, level: str='INFO', {Path}", (context, a) =>
        {
            var text = XmlSerializing.ToText(Element(a)).Trim(PyWhitespace.All);
            context.Log(text, KeywordLevels.Parse(a.Text("level")));
            return text;
        }),
        Plain("Save Xml", "source, path: Path, encoding: str='UTF-8'", (context, a) =>
        {
            var path = PosixPaths.Join([Environment.CurrentDirectory, PyText.Str(a["path"])]);
            var encoding = a.Text("encoding");
            var text = $"<?xml version='1.0' encoding='{encoding}'?>\n{XmlSerializing.ToText(XmlSources.Find(a["source"]))}";
            OsErrors.Guard(path, () => File.WriteAllBytes(path, PyCodecs.Encode(text, encoding, "xmlcharrefreplace")));
            context.Log($"XML saved to <a href=\"file://{path}\">{path}</a>.", html: true);
            return null;
        }),
    ];
}
