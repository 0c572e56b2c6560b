// A second implementation, to compare ours with: it answers the same questions by the
// packages tlog and note of the Go project.
//
// It reads one question a line, as JSON, and writes one answer a line. It remembers one
// tree, which questions make grow.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// height is the height of a tile, in levels of the tree.
const height = 8

// A question says by Ask what it wants to know; the other fields are what that needs.
type question struct {
	Ask     string
	Entries [][]byte          // grow: what is added to the tree
	Size    int64             // of a tree, the greater one where there are two
	Root    []byte            // of that tree
	Old     int64             // the size of the smaller tree
	OldRoot []byte            // of that tree
	Index   int64             // of an entry
	Leaf    []byte            // the hash of that entry
	Proof   [][]byte          // of what is claimed
	Tiles   map[string][]byte // by the path that tlog gives them
	Text    string            // of a note
	Note    []byte            // text and signatures
	Keys    []string          // that verify; or the one that signs
}

// An answer has an Error where the claim is not believed, or nothing can be said.
type answer struct {
	Error  string
	Leaves [][]byte          `json:",omitempty"`
	Roots  [][]byte          `json:",omitempty"`
	Proof  [][]byte          `json:",omitempty"`
	Tiles  map[string][]byte `json:",omitempty"`
	Size   int64             `json:",omitempty"`
	Root   []byte            `json:",omitempty"`
	Text   string            `json:",omitempty"`
	Note   []byte            `json:",omitempty"`
	Sigs   []note.Signature  `json:",omitempty"`
}

// A shelf holds the tree: all hashes that tlog wants stored, in its order.
type shelf struct {
	hashes []tlog.Hash
	size   int64
}

func (s *shelf) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, 0, len(indexes))
	for _, index := range indexes {
		if index < 0 || index >= int64(len(s.hashes)) {
			return nil, fmt.Errorf("hash %d is not stored", index)
		}
		found = append(found, s.hashes[index])
	}
	return found, nil
}

// grow adds entries, and answers the hash of each and the root after each.
func (s *shelf) grow(q question) (answer, error) {
	var a answer
	for _, entry := range q.Entries {
		stored, err := tlog.StoredHashes(s.size, entry, s)
		if err != nil {
			return a, err
		}
		s.hashes = append(s.hashes, stored...)
		s.size++
		root, err := tlog.TreeHash(s.size, s)
		if err != nil {
			return a, err
		}
		leaf := tlog.RecordHash(entry)
		a.Leaves = append(a.Leaves, leaf[:])
		a.Roots = append(a.Roots, append([]byte{}, root[:]...))
	}
	return a, nil
}

func (s *shelf) proveEntry(q question) (answer, error) {
	proof, err := tlog.ProveRecord(q.Size, q.Index, s)
	return answer{Proof: slices(proof)}, err
}

func (s *shelf) proveGrowth(q question) (answer, error) {
	proof, err := tlog.ProveTree(q.Size, q.Old, s)
	return answer{Proof: slices(proof)}, err
}

// newTiles answers the tiles that are new or wider since the tree had the old size.
func (s *shelf) newTiles(q question) (answer, error) {
	a := answer{Tiles: map[string][]byte{}}
	for _, tile := range tlog.NewTiles(height, q.Old, q.Size) {
		data, err := tlog.ReadTileData(tile, s)
		if err != nil {
			return a, err
		}
		a.Tiles[tile.Path()] = data
	}
	return a, nil
}

// A library holds the tiles that a question brought.
type library map[string][]byte

func (l library) Height() int { return height }

func (l library) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	found := make([][]byte, 0, len(tiles))
	for _, tile := range tiles {
		data, ok := l[tile.Path()]
		if !ok {
			return nil, fmt.Errorf("no tile %s", tile.Path())
		}
		found = append(found, data)
	}
	return found, nil
}

func (l library) SaveTiles([]tlog.Tile, [][]byte) {}

// readTiles verifies tiles against a root, and answers a proof that is read from them.
func readTiles(q question) (answer, error) {
	roots, err := hashes([][]byte{q.Root})
	if err != nil {
		return answer{}, err
	}
	reader := tlog.TileHashReader(tlog.Tree{N: q.Size, Hash: roots[0]}, library(q.Tiles))
	proof, err := tlog.ProveRecord(q.Size, q.Index, reader)
	return answer{Proof: slices(proof)}, err
}

func checkEntry(q question) (answer, error) {
	given, err := hashes(append([][]byte{q.Root, q.Leaf}, q.Proof...))
	if err != nil {
		return answer{}, err
	}
	return answer{}, tlog.CheckRecord(given[2:], q.Size, given[0], q.Index, given[1])
}

func checkGrowth(q question) (answer, error) {
	given, err := hashes(append([][]byte{q.Root, q.OldRoot}, q.Proof...))
	if err != nil {
		return answer{}, err
	}
	return answer{}, tlog.CheckTree(given[2:], q.Size, given[0], q.Old, given[1])
}

func parseCheckpoint(q question) (answer, error) {
	tree, err := tlog.ParseTree([]byte(q.Text))
	return answer{Size: tree.N, Root: tree.Hash[:]}, err
}

func formatCheckpoint(q question) (answer, error) {
	roots, err := hashes([][]byte{q.Root})
	if err != nil {
		return answer{}, err
	}
	return answer{Text: string(tlog.FormatTree(tlog.Tree{N: q.Size, Hash: roots[0]}))}, nil
}

func openNote(q question) (answer, error) {
	var known []note.Verifier
	for _, key := range q.Keys {
		verifier, err := note.NewVerifier(key)
		if err != nil {
			return answer{}, err
		}
		known = append(known, verifier)
	}
	opened, err := note.Open(q.Note, note.VerifierList(known...))
	if err != nil {
		return answer{}, err
	}
	return answer{Text: opened.Text, Sigs: opened.Sigs}, nil
}

func signNote(q question) (answer, error) {
	var signers []note.Signer
	for _, key := range q.Keys {
		signer, err := note.NewSigner(key)
		if err != nil {
			return answer{}, err
		}
		signers = append(signers, signer)
	}
	signed, err := note.Sign(&note.Note{Text: q.Text}, signers...)
	return answer{Note: signed}, err
}

func slices(hashes []tlog.Hash) [][]byte {
	found := [][]byte{}
	for _, hash := range hashes {
		found = append(found, append([]byte{}, hash[:]...))
	}
	return found
}

func hashes(given [][]byte) ([]tlog.Hash, error) {
	found := make([]tlog.Hash, len(given))
	for i, hash := range given {
		if copy(found[i][:], hash) != tlog.HashSize || len(hash) != tlog.HashSize {
			return nil, fmt.Errorf("%d bytes are no hash", len(hash))
		}
	}
	return found, nil
}

func main() {
	tree := &shelf{}
	asked := map[string]func(question) (answer, error){
		"grow":              tree.grow,
		"prove entry":       tree.proveEntry,
		"prove growth":      tree.proveGrowth,
		"new tiles":         tree.newTiles,
		"read tiles":        readTiles,
		"check entry":       checkEntry,
		"check growth":      checkGrowth,
		"parse checkpoint":  parseCheckpoint,
		"format checkpoint": formatCheckpoint,
		"open note":         openNote,
		"sign note":         signNote,
	}
	in, out := json.NewDecoder(bufio.NewReader(os.Stdin)), bufio.NewWriter(os.Stdout)
	defer out.Flush()
	for in.More() {
		var q question
		if err := in.Decode(&q); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(2)
		}
		a, err := asked[q.Ask](q)
		if err != nil {
			a = answer{Error: err.Error()}
		}
		json.NewEncoder(out).Encode(a)
	}
}
