using System.Globalization;
using MedicalGpt.Plugins.Tool;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not [var assembly, var folder])
{
    Console.Error.WriteLine("usage: MedicalGpt.Plugin.Tool <plugin DLL in its output folder> <folder to put the plugin into>");
    return 2;
}

try
{
    PluginPublisher.Publish(assembly, folder);
    return 0;
}
catch (ToolException error)
{
    // MSBuild's canonical form, so that the build shows it as its own error.
    Console.WriteLine($"{Path.GetFileName(assembly)} : error {error.Code}: {error.Message}");
    return 1;
}
