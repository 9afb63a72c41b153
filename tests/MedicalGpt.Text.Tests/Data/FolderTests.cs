using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using MedicalGpt.Data;
using MedicalGpt.Training.Data;

namespace MedicalGpt.Text.Tests.Data;

/// <summary>What a folder of data gives: nothing is passed over without a word, nothing is read twice, nothing ends early.</summary>
[UnsupportedOSPlatform("windows")]
public sealed partial class FolderTests : IDisposable
{
    private const string Row = """{"question":"q","answer":"a"}""";
    private readonly string _folder = Directory.CreateTempSubdirectory("medgpt-folder").FullName;

    [Fact]
    public async Task What_is_left_out_is_counted_and_the_first_are_named()
    {
        foreach (var name in new[] { "b.jsonl", ".a.jsonl", ".cache/c.jsonl", "sub/notes.txt", "README.md", "LICENSE", "logo.png", "x.docx", "y.docx" })
            Write(name, Row);
        var notices = new List<string>();
        var rows = await Rows.ReadAsync(_folder, ExampleKind.Conversation, new DataReadOptions { Notice = notices.Add });
        rows.ShouldHaveSingleItem().Origin.Source.ShouldBe(Path.Combine(_folder, "b.jsonl"));
        notices[0].ShouldBe($"{_folder}: left out 8: LICENSE, README.md, logo.png, sub/notes.txt (plain text is for pretraining), x.docx and 3 more.");
    }

    [Fact]
    public async Task Hidden_files_and_folders_are_named_as_such()
    {
        foreach (var name in new[] { "b.jsonl", ".a.jsonl", ".cache/c.jsonl" })
            Write(name, Row);
        var notices = new List<string>();
        (await Rows.ReadAsync(_folder, ExampleKind.Conversation, new DataReadOptions { Notice = notices.Add })).ShouldHaveSingleItem();
        notices[0].ShouldBe($"{_folder}: left out 2: .a.jsonl (hidden), .cache/ (hidden).");
    }

    [Fact]
    public void Only_hidden_files_are_no_data() =>
        Should.Throw<MedicalGptException>(() => DataFiles.Paths(Path.GetDirectoryName(Write(".a.jsonl", Row))!, null, new DataReadOptions())).Given.ShouldBe(".a.jsonl (hidden)");

    [Fact]
    public async Task A_link_back_is_not_followed_and_other_links_are()
    {
        Write("rows/a.jsonl", Row);
        var aside = Directory.CreateTempSubdirectory("medgpt-aside").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(aside, "b.jsonl"), Row);
            Directory.CreateSymbolicLink(Path.Combine(_folder, "rows/aside"), aside);
            Directory.CreateSymbolicLink(Path.Combine(_folder, "rows/back"), "..");
            Directory.CreateSymbolicLink(Path.Combine(aside, "again"), Path.Combine(_folder, "rows"));
            var notices = new List<string>();
            var rows = await Rows.ReadAsync(_folder, ExampleKind.Conversation, new DataReadOptions { Notice = notices.Add });
            rows.Select(row => Path.GetRelativePath(_folder, row.Origin.Source)).ShouldBe(["rows/a.jsonl", "rows/aside/b.jsonl"]);
            notices[0].ShouldEndWith("left out 2: rows/aside/again/ (a link back to a folder above it), rows/back/ (a link back to a folder above it).");
        }
        finally
        {
            Directory.Delete(aside, true);
        }
    }

    [Fact]
    public void A_folder_that_cannot_be_read_is_an_error()
    {
        Write("a.jsonl", Row);
        var closed = Path.GetDirectoryName(Write("closed/b.jsonl", Row))!;
        File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        File.SetUnixFileMode(closed, UnixFileMode.None);
        try
        {
            var error = AsNobody(() => Should.Throw<MedicalGptException>(() => DataFiles.Paths(_folder, null, new DataReadOptions())));
            error.Message.ShouldBe("A data folder cannot be read.");
            error.Place.ShouldBe(closed);
        }
        finally
        {
            File.SetUnixFileMode(closed, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            File.SetUnixFileMode(_folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    [Fact]
    public async Task A_gzip_file_that_ends_at_a_row_but_too_early_is_an_error()
    {
        // A flush after the first row puts a byte border there: what lies before it unpacks to exactly one row.
        using var packed = new MemoryStream();
        long border;
        using (var gzip = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(Row + "\n"));
            gzip.Flush();
            border = packed.Length;
            gzip.Write(Encoding.UTF8.GetBytes(Row + "\n"));
        }

        using var file = new TemporaryFile("a.jsonl.gz", packed.ToArray()[..(int)border]);
        var error = await Should.ThrowAsync<MedicalGptException>(() => Rows.ReadAsync(file.Path, ExampleKind.Conversation));
        error.Message.ShouldStartWith("The file cannot be read further:");
        error.Place.ShouldBe(file.Path);
    }

    public void Dispose() => Directory.Delete(_folder, true);

    /// <summary>Runs on a thread that has lost root's right to read everything: the user of file accesses is a property of the thread.</summary>
    private static T AsNobody<T>(Func<T> run)
    {
        T result = default!;
        Exception? failed = null;
        var thread = new Thread(() =>
        {
            var before = SetFileUser(65534);
            try
            {
                result = run();
            }
            catch (Exception error)
            {
                failed = error;
            }
            finally
            {
                _ = SetFileUser(before);
            }
        });
        thread.Start();
        thread.Join();
        return failed is null ? result : throw failed;
    }

    [LibraryImport("libc", EntryPoint = "setfsuid")]
    private static partial int SetFileUser(int user);

    private string Write(string name, string content)
    {
        var path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
