using FarmAgent.Robot.PythonLibraries;
using FarmAgent.Robot.Values;

namespace FarmAgent.Robot.Libraries;

/// <summary>Libraries as values of a suite.</summary>
internal static class LibraryObjects
{
    /// <summary>The instance of a Python library, with all its attributes; a native library only shows its name.</summary>
    public static object AsObject(this IKeywordLibrary library) => library is PythonLibrary python ? python.Instance : new NativeInstance(library.Name);

    private sealed class NativeInstance(string name) : IPyObject
    {
        public string TypeName => name;

        public string Repr() => $"<{name} library>";
    }
}
