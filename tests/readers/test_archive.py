"""ZIP, tar and packed files: every member has one outcome, and no archive costs more than it may."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import random
import struct
import tarfile
import tracemalloc
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from office import zipped

from newsextract.errors import ReadError
from newsextract.readers.archive import read_gz, read_tar, read_zip
from newsextract.readers.dispatch import read_bytes
from newsextract.readers.port import Blob, ContainerReader, Limits, ReadOptions, Skipped
from newsextract.source import Source

OPTIONS = ReadOptions()
TEXT = "أعلنت الهيئة نتائج المسح الزراعي في ست ولايات".encode()


def members(reader: ContainerReader, data: bytes, options: ReadOptions = OPTIONS, name: str = "box") -> Iterator[object]:
    """The members, and at the end the error of the whole if there is one."""
    try:
        yield from reader(Blob(data, name), options)
    except ReadError as error:
        yield error


def told(found: Iterator[object]) -> list[tuple[str, str]]:
    """Each outcome as name and ``ok`` or its code."""
    return [(m.name, "ok") if isinstance(m, Blob) else (m.path, m.code) if isinstance(m, ReadError) else (m.name, m.code) for m in found]  # type: ignore[attr-defined]


def zip_told(data: bytes, options: ReadOptions = OPTIONS) -> list[tuple[str, str]]:
    return told(members(read_zip, data, options))


def tarred(*files: tuple[str | tarfile.TarInfo, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode, encoding="utf-8", errors="surrogateescape") as archive:  # type: ignore[call-overload]
        for name, content in files:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = info.size or len(content)
            archive.addfile(info, io.BytesIO(content.ljust(info.size, b"\0")) if content else None)
    return buffer.getvalue()


def kind(name: str, of: bytes) -> tarfile.TarInfo:
    info = tarfile.TarInfo(name)
    info.type, info.linkname = of, "/etc/passwd"
    return info


# ZIP


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_members_come_in_their_order_with_their_bytes(method: int) -> None:
    files = {"ب.txt": TEXT * 3000, "folder/": b"", "folder/أ.txt": TEXT, "void.txt": b""}
    found = list(read_zip(Blob(zipped(files, method), "in/box.zip", depth=1), OPTIONS))
    assert found == [
        Blob(TEXT * 3000, "in/box.zip!/ب.txt", depth=2),
        Blob(TEXT, "in/box.zip!/folder/أ.txt", depth=2),
        Blob(b"", "in/box.zip!/void.txt", depth=2),
    ]


def test_archives_by_other_programs() -> None:
    buffer = io.BytesIO()

    class Unseekable(io.RawIOBase):
        def writable(self) -> bool:
            return True

        def write(self, data: object) -> int:
            return buffer.write(data)  # type: ignore[arg-type]

    with zipfile.ZipFile(Unseekable(), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
        with archive.open("b.txt", "w", force_zip64=True) as handle:
            handle.write(TEXT)
    assert zip_told(b"#!/bin/sh\n" + buffer.getvalue()) == [("box!/a.txt", "ok"), ("box!/b.txt", "ok")]
    cut = buffer.getvalue()[: buffer.getvalue().rindex(b"PK\x05\x06")]
    assert zip_told(cut)[0] == ("box!/a.txt", "ok")
    assert zip_told(cut)[-1] == ("box", "CORRUPT")


def renamed(name: bytes) -> bytes:
    """An archive with one member whose name is in a code page."""
    return zipped({"x" * len(name): TEXT}, zipfile.ZIP_STORED).replace(b"x" * len(name), name)


@pytest.mark.parametrize("code", ["utf-8", "cp1256", "cp720"])
def test_arabic_names_in_undeclared_code_pages(code: str) -> None:
    assert zip_told(renamed("بيان صحفي 12.txt".encode(code))) == [("box!/بيان صحفي 12.txt", "ok")]


def test_the_unicode_path_that_some_programs_add() -> None:
    info = zipfile.ZipInfo("name.txt")
    told_name = "الاسم.txt".encode()
    info.extra = struct.pack("<HHBI", 0x7075, 5 + len(told_name), 1, zlib.crc32(b"name.txt")) + told_name
    assert zip_told(zipped([(info, TEXT)])) == [("box!/الاسم.txt", "ok")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_odd_names_are_data_and_unique() -> None:
    data = zipped([("a.txt", b"1"), ("a.txt", b"2"), ("a.txt", b"3"), ("a (2).txt", b"4"), ("line\nbreak", b"5"), ("n" * 9000 + ".txt", b"6"), ("-rf", b"7")])
    nul = data.replace(b"line\nbreak", b"line\x00break")
    names = [name for name, code in zip_told(nul) if code == "ok"]
    assert names == [f"box!/{n}" for n in ["a.txt", "a (2).txt", "a (3).txt", "a (2) (2).txt", "line\\u0000break", "n" * 2000 + "…" + "n" * 16 + ".txt", "-rf"]]
    assert "box!/line\\u000abreak" in dict(zip_told(data))


@pytest.mark.parametrize("name", ["../../up.txt", "/etc/x.txt", "a/../../b", "C:\\x.txt", "..\\..\\x.txt", "\\\\host\\x.txt"])
def test_names_that_lead_out_are_refused(name: str) -> None:
    assert [code for _, code in zip_told(zipped([(name, TEXT), ("ok..txt", TEXT)]))] == ["UNSAFE_NAME", "ok"]
    assert [code for _, code in told(members(read_tar, tarred((name, TEXT), ("ok..txt", TEXT))))] == ["UNSAFE_NAME", "ok"]


def test_links_within_an_archive_are_passed_over() -> None:
    info = zipfile.ZipInfo("link.txt")
    info.create_system, info.external_attr = 3, 0o120777 << 16
    assert zip_told(zipped([(info, "/etc/passwd")])) == [("box!/link.txt", "SYMLINK")]


def test_a_member_that_cannot_be_had_costs_only_itself() -> None:
    sound = zipped({"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT}, zipfile.ZIP_STORED)
    assert zip_told(sound.replace(TEXT, TEXT[::-1], 1)) == [("box!/a.txt", "CORRUPT"), ("box!/b.txt", "ok"), ("box!/c.txt", "ok")]
    entry = sound.index(b"PK\x01\x02")
    for at, value, code in [(8, b"\x01", "ENCRYPTED"), (10, b"\x63", "ENCRYPTED"), (10, b"\x09", "UNKNOWN_COMPRESSION"), (10, b"\x08", "CORRUPT")]:
        changed = sound[: entry + at] + value + sound[entry + at + 1 :]
        assert [c for _, c in zip_told(changed)] == [code, "ok", "ok"]


def test_a_damaged_tail_keeps_the_members_before_it() -> None:
    sound = zipped({"a.txt": TEXT, "b.txt": TEXT, "c.txt": random.Random(1).randbytes(5000)})
    cut = sound[: sound.index(b"c.txt") + 300]
    assert zip_told(cut) == [("box!/a.txt", "ok"), ("box!/b.txt", "ok"), ("box!/c.txt", "CORRUPT"), ("box", "CORRUPT")]
    assert zip_told(b"no archive at all") == [("box", "CORRUPT")]


def test_declared_sizes_are_not_believed() -> None:
    data = bytearray(zipped({"a.txt": b"\0" * 50_000_000}))
    entry = data.index(b"PK\x01\x02")
    struct.pack_into("<I", data, entry + 24, 10)
    assert zip_told(bytes(data)) == [("box!/a.txt", "CORRUPT")]
    struct.pack_into("<I", data, entry + 16, zlib.crc32(bytes(10)))
    assert zip_told(bytes(data)) == [("box!/a.txt", "CORRUPT")]


@pytest.mark.parametrize("method", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_bombs_stop_early(method: int) -> None:
    data = zipped({f"{n}.txt": b"\0" * 60_000_000 for n in range(2)} | {"ok.txt": TEXT}, method)
    tracemalloc.start()
    try:
        assert [code for _, code in zip_told(data)] == ["ZIP_BOMB", "ZIP_BOMB", "ok"]
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()


def test_many_small_bombs_are_one_together() -> None:
    limits = Limits(inflate_grace=100_000)
    data = zipped({f"{n}.txt": b"\0" * 90_000 for n in range(400)})
    assert len(data) < 100_000
    outcomes = zip_told(data, replace(OPTIONS, limits=limits))
    assert outcomes[-1] == ("box", "ZIP_BOMB")
    assert len(outcomes) < 200


def test_repetitive_text_is_no_bomb() -> None:
    assert zip_told(zipped({"a.txt": TEXT * 50_000})) == [("box!/a.txt", "ok")]


def test_members_that_share_bytes_are_refused_together() -> None:
    single = zipped({"a.txt": TEXT, "k.txt": TEXT * 100})
    start, end = single.rindex(b"PK\x01\x02"), single.index(b"PK\x05\x06")
    entry, tail = single[start:end], bytearray(single[end:])
    copies = 50
    struct.pack_into("<2H", tail, 8, copies + 2, copies + 2)
    struct.pack_into("<I", tail, 12, end - single.index(b"PK\x01\x02") + copies * len(entry))
    assert zip_told(single[:end] + entry * copies + bytes(tail)) == [("box!/a.txt", "ok"), ("box", "ZIP_BOMB")]


def test_the_number_of_members_is_limited_before_they_are_listed() -> None:
    few = replace(OPTIONS, limits=Limits(members=20))
    assert zip_told(zipped({f"{n}.txt": b"x" for n in range(21)}), few) == [("box", "LIMIT")]
    assert len(zip_told(zipped({f"{n}.txt": b"x" for n in range(20)}), few)) == 20
    assert zip_told(zipped({"a.txt": b"x" * 30}), replace(OPTIONS, limits=Limits(bytes=20))) == [("box!/a.txt", "LIMIT")]


def test_nesting_ends_at_its_limit() -> None:
    data = TEXT
    for level in range(7):
        data = zipped({"a.txt" if level == 0 else f"{level}.zip": data})
    outcomes = list(read_bytes(Blob(data, "box.zip")))
    assert [o.code for o in outcomes if isinstance(o, ReadError)] == ["NESTING_LIMIT"]
    assert isinstance(next(read_bytes(Blob(zipped({"1.zip": zipped({"a.txt": TEXT})}), "box.zip"))), Source)


# tar


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_members(mode: str) -> None:
    data = tarred(("أ.txt", TEXT * 3000), (kind("d", tarfile.DIRTYPE), b""), ("d/" + "ب" * 200 + ".txt", TEXT), ("void", b""), mode=mode)
    reader = read_tar if mode == "w" else read_gz
    assert list(members(reader, data)) == [
        Blob(TEXT * 3000, "box!/أ.txt", depth=1),
        Blob(TEXT, "box!/d/" + "ب" * 200 + ".txt", depth=1),
        Blob(b"", "box!/void", depth=1),
    ]


def test_links_and_devices_in_tar_are_passed_over() -> None:
    types = [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.FIFOTYPE]
    data = tarred(*((kind(f"m{n}", of), b"") for n, of in enumerate(types)), ("ok", TEXT))
    assert [code for _, code in told(members(read_tar, data))] == ["SYMLINK", "SYMLINK", "NOT_REGULAR_FILE", "NOT_REGULAR_FILE", "NOT_REGULAR_FILE", "ok"]


def test_names_in_tar_in_code_pages() -> None:
    data = tarred(("بيان.txt".encode("cp1256").decode("utf-8", "surrogateescape"), TEXT))
    assert told(members(read_tar, data)) == [("box!/بيان.txt", "ok")]


@pytest.mark.parametrize("reader", [read_tar, read_gz])
def test_a_damaged_tar_keeps_the_members_before(reader: ContainerReader) -> None:
    def pack(data: bytes) -> bytes:
        return gzip.compress(data) if reader is read_gz else data

    sound = tarred(("a", TEXT), ("b", TEXT), ("c", TEXT * 100))
    assert told(members(reader, pack(sound[:3000]))) == [("box!/a", "ok"), ("box!/b", "ok"), ("box!/c", "CORRUPT"), ("box", "CORRUPT")]
    broken = sound[:1024] + b"garbage!" * 64 + sound[1536:]
    assert told(members(reader, pack(broken))) == [("box!/a", "ok"), ("box", "CORRUPT")]
    assert told(members(reader, pack(sound[:2048]))) == [("box!/a", "ok"), ("box!/b", "ok")]


def huge(size: int) -> bytes:
    """A tar whose only member claims ``size`` bytes."""
    info = tarfile.TarInfo("claims.txt")
    info.size = size
    return info.tobuf(tarfile.GNU_FORMAT) + bytes(5000)


@pytest.mark.parametrize("size", [1 << 62, -1, -(1 << 40), 100_000])
def test_sizes_that_tar_headers_claim_are_not_believed(size: int) -> None:
    for found in (told(members(read_tar, huge(size))), told(members(read_gz, gzip.compress(huge(size))))):
        assert found
        assert all(code in {"CORRUPT", "LIMIT"} for _, code in found)


def test_long_headers_cost_nothing() -> None:
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, 1 << 40
    assert told(members(read_tar, info.tobuf(tarfile.GNU_FORMAT) + bytes(3_000_000)))[-1][1] in {"CORRUPT", "LIMIT"}
    link = tarfile.TarInfo("././@LongLink")
    link.type, link.size = tarfile.GNUTYPE_LONGNAME, 4
    chain = (link.tobuf(tarfile.GNU_FORMAT) + b"name".ljust(512, b"\0")) * 20_000
    assert [code for _, code in told(members(read_tar, chain))] == ["CORRUPT"]


def test_sparse_bombs_in_tar_are_limited() -> None:
    info = tarfile.TarInfo("sparse.txt")
    info.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.size": str(1 << 50), "GNU.sparse.map": "0,4"}
    info.size = 4
    buffer = info.tobuf(tarfile.PAX_FORMAT) + b"data".ljust(512, b"\0") + bytes(1024)
    assert [code for _, code in told(members(read_tar, buffer))] == ["LIMIT"]


def test_sparse_members_are_bombs_together() -> None:
    def sparse(name: str) -> bytes:
        info = tarfile.TarInfo(name)
        info.pax_headers = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.size": "900000", "GNU.sparse.map": "0,4"}
        info.size = 4
        return info.tobuf(tarfile.PAX_FORMAT) + b"data".ljust(512, b"\0")

    data = b"".join(sparse(f"{n}.txt") for n in range(30)) + bytes(1024)
    found = told(members(read_tar, data, replace(OPTIONS, limits=Limits(inflate_grace=100_000))))
    assert found[0] == ("box!/0.txt", "ok")
    assert found[-1] == ("box", "ZIP_BOMB")


def test_the_number_of_tar_members_is_limited() -> None:
    few = replace(OPTIONS, limits=Limits(members=3))
    found = told(members(read_tar, tarred(*((f"{n}", b"x") for n in range(5))), few))
    assert [code for _, code in found] == ["ok", "ok", "ok", "LIMIT"]


# gzip, bzip2, xz


@pytest.mark.parametrize(("suffix", "pack"), [(".gz", gzip.compress), (".bz2", bz2.compress), (".xz", lzma.compress)])
def test_a_packed_file_is_its_only_member(suffix: str, pack: object) -> None:
    packed = pack(TEXT)  # type: ignore[operator]
    assert list(members(read_gz, packed, name=f"in/a.txt{suffix}")) == [Blob(TEXT, f"in/a.txt{suffix}!/a.txt", depth=1)]
    twice = list(members(read_gz, packed + packed + bytes(100), name="a"))
    assert twice == [Blob(TEXT * 2, "a!/a", depth=1)]
    assert told(members(read_gz, packed[:-12])) == [("box", "CORRUPT")]
    bomb = pack(bytes(60_000_000))  # type: ignore[operator]
    assert told(members(read_gz, bomb)) == [("box", "ZIP_BOMB")]


def test_what_is_not_packed_is_told() -> None:
    assert told(members(read_gz, b"plain")) == [("box", "CORRUPT")]
    assert told(members(read_gz, gzip.compress(TEXT)[:5])) == [("box", "CORRUPT")]
    assert told(members(read_tar, b"plain" * 1000)) == [("box", "CORRUPT")]
    small = replace(OPTIONS, limits=Limits(bytes=10))
    assert told(members(read_gz, gzip.compress(TEXT), small)) == [("box", "LIMIT")]


# Anything


BASES = [
    (read_zip, zipped({"a.txt": TEXT, "b.txt": TEXT * 20})),
    (read_zip, zipped({"a.txt": TEXT, "b.txt": TEXT * 20}, zipfile.ZIP_LZMA)),
    (read_zip, zipped({"a.txt": TEXT, "b.txt": TEXT * 20}, zipfile.ZIP_BZIP2)),
    (read_tar, tarred(("a.txt", TEXT), ("ب" * 120, TEXT))),
    (read_gz, tarred(("a.txt", TEXT), ("b.txt", TEXT), mode="w:gz")),
    (read_gz, lzma.compress(TEXT)),
]


@settings(max_examples=300, deadline=None)
@given(
    base=st.sampled_from(BASES),
    changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.binary(min_size=0, max_size=4), st.integers(0, 6)), min_size=1, max_size=6),
)
def test_no_mutation_raises_anything_else(base: tuple[ContainerReader, bytes], changes: list[tuple[float, bytes, int]]) -> None:
    reader, data = base
    for place, inserted, removed in changes:
        at = int(place * len(data))
        data = data[:at] + inserted + data[at + removed :]
    found = list(members(reader, data))
    assert all(isinstance(m, (Blob, ReadError, Skipped)) for m in found)
    names = [name for name, _ in told(iter(found))]
    assert len(names) == len(set(names))
